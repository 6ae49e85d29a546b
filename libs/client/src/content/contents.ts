import type { Clock } from '../clock.ts';
import { MessageContent, type ContentView } from './message-content.ts';
import type { Operation, Place } from './operation.ts';
import { Strays } from './strays.ts';

/** A message as it came. */
export interface Original {
  mid: string;
  text: string;
  /** The ref of what it answers. */
  replyTo?: string | undefined;
}

/** What a screen shows of a message besides who and when. */
export interface ShownContent extends ContentView {
  /** `id`: of the message that it answers, as long as that is here. */
  replyTo?: { id?: string };
}

interface Entry {
  content: MessageContent;
  ref: string | undefined;
  replyTo: string | undefined;
}

/** All messages on the screen with what has become of them, by the ids that the screen knows them by. */
export class Contents {
  readonly #entries = new Map<string, Entry>();
  readonly #ids = new Map<string, string>();
  readonly #strays: Strays;

  constructor(clock: Clock) {
    this.#strays = new Strays(clock);
  }

  /** A message comes to the screen; nothing happens when it is there already. */
  add(id: string, { mid, text, replyTo }: Original): void {
    if (!this.#entries.has(id))
      this.#entries.set(id, { content: new MessageContent(mid, text), ref: undefined, replyTo });
  }

  /** It stands in the log now, signed by `mid`; what came about it before counts. Answers with the ids that look different. */
  place(id: string, ref: string, place: Place, mid: string): string[] {
    const entry = this.#entries.get(id);
    if (!entry) return [];
    entry.ref = ref;
    entry.content.mid = mid;
    entry.content.places.push(place);
    this.#ids.set(ref, id);
    const changes = this.#strays.about(ref).map((stray) => entry.content.take(stray.operation, stray.place));
    return [...(changes.includes(true) ? [id] : []), ...this.#repliesTo(ref)];
  }

  /** An item of the log. Answers with the ids that look different; `until`: when it is over, in ms. */
  take(operation: Operation, place: Place, until: number): string[] {
    const id = this.#ids.get(operation.target);
    const entry = id === undefined ? undefined : this.#entries.get(id);
    if (id === undefined || !entry) {
      this.#strays.keep({ operation, place }, until);
      return [];
    }
    return entry.content.take(operation, place) ? [id] : [];
  }

  /** An act of ours is on its way. */
  expect(operation: Operation): string[] {
    return this.#touch(operation.target, (content) => content.expect(operation));
  }

  /** An act of ours will never get a number. */
  giveUp(operation: Operation): string[] {
    return this.#touch(operation.target, (content) => content.giveUp(operation.key));
  }

  /** Takes messages off. Answers with the ids of replies to them. */
  delete(ids: readonly string[]): string[] {
    const refs = ids.flatMap((id) => this.#entries.get(id)?.ref ?? []);
    for (const id of ids) this.#entries.delete(id);
    for (const ref of refs) this.#ids.delete(ref);
    return refs.flatMap((ref) => this.#repliesTo(ref));
  }

  /** `self`: whose reactions are one's own, in hex. */
  view(id: string, self: string): ShownContent | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const view = entry.content.view(self);
    if (entry.replyTo === undefined || view.deleted) return view;
    const target = this.#ids.get(entry.replyTo);
    return { ...view, replyTo: target === undefined ? {} : { id: target } };
  }

  /** How the others know a message, once it stands in the log. */
  refOf(id: string): string | undefined {
    return this.#entries.get(id)?.ref;
  }

  idOf(ref: string): string | undefined {
    return this.#ids.get(ref);
  }

  /** Where a deleted message and its edits stand in the log; undefined while it isn't deleted. */
  deletedPlaces(ref: string): readonly Place[] | undefined {
    const entry = this.#entries.get(this.#ids.get(ref) ?? '');
    return entry?.content.isDeleted ? entry.content.places : undefined;
  }

  clear(): void {
    this.#entries.clear();
    this.#ids.clear();
    this.#strays.clear();
  }

  #touch(target: string, change: (content: MessageContent) => boolean): string[] {
    const id = this.#ids.get(target);
    const entry = id === undefined ? undefined : this.#entries.get(id);
    return id !== undefined && entry && change(entry.content) ? [id] : [];
  }

  #repliesTo(ref: string): string[] {
    return [...this.#entries].filter(([, { replyTo }]) => replyTo === ref).map(([id]) => id);
  }
}
