import type { ChatMessage, RoomEvent, SystemLine } from '../api.ts';
import type { Clock } from '../clock.ts';
import { Expiry } from './expiry.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'id' | 'at'> : never;

/** What is on the screen: messages until their time is over, and lines about what happened. */
export class Conversation {
  readonly #clock: Clock;
  readonly #emit: (event: RoomEvent) => void;
  readonly #messages = new Map<string, ChatMessage>();
  readonly #expiry: Expiry;
  #lines = 0;

  /** `expired` hears of messages that are gone, so that nobody else keeps them either. */
  constructor(clock: Clock, emit: (event: RoomEvent) => void, expired: (ids: string[]) => void) {
    this.#clock = clock;
    this.#emit = emit;
    this.#expiry = new Expiry(clock, (ids) => {
      for (const id of ids) this.#messages.delete(id);
      expired(ids);
      emit({ type: 'expired', ids });
    });
  }

  message(id: string): ChatMessage | undefined {
    return this.#messages.get(id);
  }

  /** Shows a message, or its change. One that has outlived its time is not shown at all. */
  show(message: ChatMessage): void {
    if (message.expiresAt <= this.#clock.now()) return;
    this.#messages.set(message.id, message);
    this.#expiry.set(message.id, message.expiresAt);
    this.#emit({ type: 'message', message: { ...message } });
  }

  change(id: string, change: Partial<ChatMessage>): void {
    const message = this.#messages.get(id);
    if (!message) return;
    const changed: ChatMessage = { ...message, ...change };
    if (changed.state !== 'failed') delete changed.error;
    this.show(changed);
  }

  remove(id: string): void {
    if (!this.#messages.delete(id)) return;
    this.#expiry.delete(id);
    this.#emit({ type: 'expired', ids: [id] });
  }

  line(line: Unnumbered<SystemLine>): void {
    const numbered = { ...line, id: `line-${++this.#lines}`, at: this.#clock.now() };
    this.#emit({ type: 'system', line: numbered });
  }

  clear(): void {
    this.#messages.clear();
    this.#expiry.clear();
  }
}
