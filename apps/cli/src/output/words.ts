import type { ChatMessage } from '@bytechat/client';

/** What others have said so far: a message is told again when its words have changed, not when it got a tick or a heart. */
export class Words {
  readonly #said = new Map<string, string>();

  areNew({ id, own, text, deleted }: ChatMessage): boolean {
    if (own || deleted === true || this.#said.get(id) === text) return false;
    this.#said.set(id, text);
    return true;
  }

  forget(ids: readonly string[]): void {
    for (const id of ids) this.#said.delete(id);
  }
}
