import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { RoomSessionStore, type Outcome } from '../../session/room-session-store.ts';

type Purpose = { kind: 'answer' | 'edit'; id: string };

/** What the text being written is for: a message of its own, an answer, or another text for one's own message. */
@Injectable()
export class Composing {
  readonly #session = inject(RoomSessionStore);
  readonly #purpose = signal<Purpose | undefined>(undefined);
  /** What was being written before one began to edit. */
  #before = '';

  /** Undefined for a message of its own. */
  readonly purpose = computed(() => this.#purpose()?.kind);
  /** The message that is answered or edited. */
  readonly message = computed(() => {
    const purpose = this.#purpose();
    return purpose && this.#session.messages().get(purpose.id);
  });

  constructor() {
    effect(() => {
      const gone = this.#purpose() !== undefined && isGone(this.message());
      // What was written for a message that is gone stays in the field.
      if (gone) untracked(() => this.#purpose.set(undefined));
    });
  }

  answer(id: string): void {
    if (this.purpose() === 'edit') this.cancel();
    this.#purpose.set({ kind: 'answer', id });
  }

  edit({ id, text }: ChatMessage): void {
    if (this.purpose() !== 'edit') this.#before = this.#session.draft();
    this.#purpose.set({ kind: 'edit', id });
    this.#session.draft.set(text);
  }

  /** The newest own message: one that failed comes back into the field, another one is edited. False: there is none. */
  takeUpLast(): boolean {
    const last = [...this.#session.messages().values()].findLast(
      (message) => !message.attachment && (message.state === 'failed' || this.#session.mayChange(message)),
    );
    if (!last) return false;
    if (last.state === 'failed') {
      void this.#session.discard(last.id);
      this.#session.draft.set(last.text);
    } else this.edit(last);
    return true;
  }

  /** Back to what was being written before. */
  cancel(): void {
    if (this.purpose() === 'edit') this.#session.draft.set(this.#before);
    this.#end();
  }

  /** Hands on what was written, empties the field, and gives the text back when it is refused. */
  async send(): Promise<Outcome<unknown>> {
    const text = this.#session.draft();
    const [purpose, message] = [this.#purpose(), this.message()];
    this.#session.draft.set(purpose?.kind === 'edit' ? this.#before : '');
    this.#end();
    const outcome = await this.#handOn(text, purpose, message);
    if (outcome.ok) return outcome;
    this.#session.draft.update((since) => (since === '' ? text : `${text}\n${since}`));
    return outcome;
  }

  async #handOn(
    text: string,
    purpose: Purpose | undefined,
    message: ChatMessage | undefined,
  ): Promise<Outcome<unknown>> {
    if (!purpose || !message) return this.#session.send(text);
    if (purpose.kind === 'answer') return this.#session.send(text, { replyTo: purpose.id });
    if (text === message.text) return { ok: true, value: undefined };
    return this.#session.edit(purpose.id, text);
  }

  #end(): void {
    this.#before = '';
    this.#purpose.set(undefined);
  }
}

const isGone = (message: ChatMessage | undefined): boolean =>
  message === undefined || message.deleted === true;
