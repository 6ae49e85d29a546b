import type { ChatMessage, RoomEvent, SystemLine } from '../api.ts';
import type { Clock } from '../clock.ts';
import { Contents } from '../content/contents.ts';
import type { Operation, Place } from '../content/operation.ts';
import { Expiry } from './expiry.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'id' | 'at'> : never;

/** A message as it was sent; what becomes of it is kept apart. */
export type Said = Omit<ChatMessage, 'reactions' | 'edited' | 'deleted' | 'replyTo'> & {
  /** The ref of the message that it answers. */
  answers?: string | undefined;
};

/** What is on the screen: messages until their time is over, and lines about what happened. */
export class Conversation {
  readonly #clock: Clock;
  readonly #emit: (event: RoomEvent) => void;
  readonly #messages = new Map<string, Omit<Said, 'text'>>();
  readonly #contents: Contents;
  readonly #expiry: Expiry;
  #self = '';
  #lines = 0;

  /** `expired` hears of messages that are gone, so that nobody else keeps them either; `refs`: of those in the log. */
  constructor(
    clock: Clock,
    emit: (event: RoomEvent) => void,
    expired: (ids: string[], refs: ReadonlySet<string>) => void,
  ) {
    this.#clock = clock;
    this.#emit = emit;
    this.#contents = new Contents(clock);
    this.#expiry = new Expiry(clock, (ids) => {
      const refs = new Set(ids.flatMap((id) => this.#contents.refOf(id) ?? []));
      this.#forget(ids);
      expired(ids, refs);
    });
  }

  /** Whose reactions are one's own, in hex. */
  bears(self: string): void {
    this.#self = self;
  }

  message(id: string): ChatMessage | undefined {
    const shown = this.#messages.get(id);
    const content = this.#contents.view(id, this.#self);
    if (!shown || !content) return undefined;
    const { text, edited, deleted, replyTo, reactions } = content;
    const { attachment, ...rest } = shown;
    return {
      ...rest,
      ...(attachment && !deleted ? { attachment } : {}),
      text,
      reactions,
      ...(edited ? { edited } : {}),
      ...(deleted ? { deleted } : {}),
      ...(replyTo ? { replyTo } : {}),
    };
  }

  /** Shows a message, with its standing if it has one. One that has outlived its time is not shown at all. */
  show({ text, answers, ...shown }: Said, standing?: { ref: string; place: Place }): void {
    const { id, mid, expiresAt } = shown;
    if (expiresAt <= this.#clock.now()) return;
    this.#contents.add(id, { mid, text, replyTo: answers });
    const others = standing ? this.#contents.place(id, standing.ref, standing.place, mid) : [];
    this.#keep(shown);
    this.#tell(others.filter((other) => other !== id));
  }

  change(
    id: string,
    change: Partial<Pick<ChatMessage, 'state' | 'error' | 'sentAt' | 'expiresAt' | 'change'>>,
  ): void {
    const message = this.#messages.get(id);
    if (!message) return;
    const changed = { ...message, ...change };
    if (changed.state !== 'failed') delete changed.error;
    if (changed.change === undefined) delete changed.change;
    if (changed.expiresAt > this.#clock.now()) this.#keep(changed);
  }

  /** An own message stands in the log, signed by `mid`: others can speak of it now. */
  place(id: string, ref: string, place: Place, mid: string): void {
    const message = this.#messages.get(id);
    if (!message) return;
    this.#messages.set(id, { ...message, mid });
    const others = this.#contents.place(id, ref, place, mid);
    this.#tell(message.mid === mid ? others : [id, ...others]);
  }

  /** What an item of the log does to a message. `until`: when the item is over, in ms. */
  take(operation: Operation, place: Place, until: number): void {
    this.#tell(this.#contents.take(operation, place, until));
  }

  /** The same for an act of ours that has no number yet. */
  expect(operation: Operation): void {
    this.#tell(this.#contents.expect(operation));
  }

  /** An act of ours will never get one. */
  giveUp(operation: Operation): void {
    this.#tell(this.#contents.giveUp(operation));
  }

  /** How the others know a message; undefined while it has no place in the log. */
  refOf(id: string): string | undefined {
    return this.#contents.refOf(id);
  }

  idOf(ref: string): string | undefined {
    return this.#contents.idOf(ref);
  }

  /** Where a deleted message and its edits stand in the log; undefined for others. */
  deletedPlaces(ref: string): readonly Place[] | undefined {
    return this.#contents.deletedPlaces(ref);
  }

  remove(id: string): void {
    if (!this.#messages.has(id)) return;
    this.#expiry.delete(id);
    this.#forget([id]);
  }

  line(line: Unnumbered<SystemLine>): void {
    const numbered = { ...line, id: `line-${++this.#lines}`, at: this.#clock.now() };
    this.#emit({ type: 'system', line: numbered });
  }

  clear(): void {
    this.#messages.clear();
    this.#contents.clear();
    this.#expiry.clear();
  }

  #keep(shown: Omit<Said, 'text'>): void {
    this.#messages.set(shown.id, shown);
    this.#expiry.set(shown.id, shown.expiresAt);
    this.#tell([shown.id]);
  }

  /** Replies to what goes learn that it is gone. */
  #forget(ids: string[]): void {
    for (const id of ids) this.#messages.delete(id);
    const replies = this.#contents.delete(ids);
    this.#emit({ type: 'expired', ids });
    this.#tell(replies);
  }

  #tell(ids: readonly string[]): void {
    for (const id of ids) {
      const message = this.message(id);
      if (message) this.#emit({ type: 'message', message });
    }
  }
}
