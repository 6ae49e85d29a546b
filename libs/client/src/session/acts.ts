import { encodeMessageBody, type MessageBody } from '@bytechat/crypto';
import type { Operation, Place } from '../content/operation.ts';
import type { Conversation } from './conversation.ts';
import type { SendQueue } from './send-queue.ts';

/** Our own edits, deletions and reactions on their way: seen at once, and taken back when they don't get through. */
export class Acts {
  readonly #queue: SendQueue;
  readonly #conversation: Conversation;
  readonly #open = new Map<string, Operation>();

  constructor(queue: SendQueue, conversation: Conversation) {
    this.#queue = queue;
    this.#conversation = conversation;
  }

  /**
   * Does it as the member `mid`. @param until when the message that it is about is over, in ms
   * @throws {ClientError} ERR_QUEUE_FULL @throws {BcError} ERR_FORMAT, ERR_TEXT_TOO_LONG
   */
  begin(act: ActBody, about: { mid: string; target: string; name: string; until: number }): void {
    const { type, body } = encodeMessageBody(act);
    const key = this.#queue.add(type, body, true, about.until);
    const operation = operationOf(act, { key, ...about });
    this.#open.set(key, operation);
    this.#conversation.expect(operation);
    this.#mark(operation, 'sending');
  }

  /** One has its place in the log. Undefined when the id is of something else. */
  arrived(key: string, place: Place): Operation | undefined {
    const operation = this.#open.get(key);
    if (!operation) return undefined;
    this.#open.delete(key);
    this.#conversation.take(operation, place, Infinity);
    this.#mark(operation, undefined);
    return operation;
  }

  /** One won't get through. False when the id is of something else. */
  failed(key: string): boolean {
    const operation = this.#open.get(key);
    if (!operation) return false;
    this.#giveUp(operation);
    return true;
  }

  /** We are another member now, in whose name nothing of the former one may be done. */
  attach(self: string): void {
    for (const operation of [...this.#open.values()]) if (operation.mid !== self) this.#giveUp(operation);
  }

  /** Messages are gone, and with them what was to become of them. */
  targetsGone(refs: ReadonlySet<string>): void {
    for (const operation of [...this.#open.values()]) if (refs.has(operation.target)) this.#giveUp(operation);
  }

  clear(): void {
    this.#open.clear();
  }

  #giveUp(operation: Operation): void {
    this.#open.delete(operation.key);
    this.#queue.discard(operation.key);
    this.#conversation.giveUp(operation);
    this.#mark(operation, 'failed');
  }

  /** A reaction is too small to speak of; that a changed text isn't with the others yet must be seen. */
  #mark({ kind, target }: Operation, change: 'sending' | 'failed' | undefined): void {
    const id = kind === 'reaction' ? undefined : this.#conversation.idOf(target);
    if (id !== undefined) this.#conversation.change(id, { change });
  }
}

export type ActBody = Extract<MessageBody, { kind: 'edit' | 'delete' | 'reaction' }>;

/** What one of these bodies does, in whose name and to what. */
export function operationOf(
  act: ActBody,
  { key, mid, target, name }: { key: string; mid: string; target: string; name: string },
): Operation {
  const about = { key, mid, target };
  switch (act.kind) {
    case 'edit':
      return { ...about, kind: 'edit', text: act.text };
    case 'delete':
      return { ...about, kind: 'delete' };
    case 'reaction':
      return { ...about, kind: 'reaction', emoji: act.emoji, on: act.on, name };
  }
}
