import type { ChatMessage } from '@bytechat/client';
import type { TimelineEntry } from '../../session/timeline.ts';

/** More than this at once is told as a number: nobody listens to a hundred messages in a row. */
const MOST_AT_ONCE = 3;

/** How things are said; the words are the caller's. */
export interface Phrases {
  message(message: ChatMessage): string;
  /** Its author has given it another text, or taken it back. */
  changed(message: ChatMessage): string;
  burst(count: number, names: readonly string[]): string;
  system(entry: TimelineEntry & { kind: 'system' }): string;
}

/** Which entries nobody has been told of yet: each is told once, and again when its text changes. One's own words are no news. */
export class Announcements {
  /** What the texts were, by id. */
  #told: ReadonlyMap<string, string> = new Map();
  #waiting: TimelineEntry[] = [];
  #changed = new Map<string, ChatMessage>();

  /** Takes note of what is new. True when there is something to tell. */
  take(entries: readonly TimelineEntry[]): boolean {
    for (const entry of entries) {
      const before = this.#told.get(entry.id);
      if (before === undefined) {
        if (entry.kind === 'system' || !entry.message.own) this.#waiting.push(entry);
      } else if (entry.kind === 'message' && !entry.message.own && before !== entry.message.text)
        this.#noteChange(entry);
    }
    this.#told = new Map(
      entries.map((entry) => [entry.id, entry.kind === 'message' ? entry.message.text : '']),
    );
    return this.#waiting.length + this.#changed.size > 0;
  }

  /** What to say of everything that has come since the last time. */
  tell(phrases: Phrases): readonly string[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    const messages = waiting.flatMap((entry) =>
      entry.kind === 'message' && entry.message.deleted !== true ? [entry.message] : [],
    );
    const lines = waiting.flatMap((entry) => (entry.kind === 'system' ? [phrases.system(entry)] : []));
    const changes = [...this.#changed.values()]
      .slice(-MOST_AT_ONCE)
      .map((message) => phrases.changed(message));
    this.#changed.clear();
    const shownLines = lines.length > MOST_AT_ONCE ? lines.slice(-1) : lines;
    if (messages.length <= MOST_AT_ONCE)
      return [...shownLines, ...messages.map((each) => phrases.message(each)), ...changes];
    const names = [...new Set(messages.map(({ name }) => name))];
    return [...shownLines, phrases.burst(messages.length, names), ...changes];
  }

  /** What hasn't been told yet is told as it is now; only the last of several changes is. */
  #noteChange(entry: TimelineEntry & { kind: 'message' }): void {
    const at = this.#waiting.findIndex(({ id }) => id === entry.id);
    if (at >= 0) this.#waiting[at] = entry;
    else this.#changed.set(entry.id, entry.message);
  }
}
