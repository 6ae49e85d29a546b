import type { ChatMessage } from '@bytechat/client';
import type { TimelineEntry } from '../../session/timeline.ts';

/** More than this at once is told as a number: nobody listens to a hundred messages in a row. */
const MOST_AT_ONCE = 3;

/** How things are said; the words are the caller's. */
export interface Phrases {
  message(message: ChatMessage): string;
  burst(count: number, names: readonly string[]): string;
  system(entry: TimelineEntry & { kind: 'system' }): string;
}

/** Which entries nobody has been told of yet: each is told once, whatever becomes of it later. One's own words are no news. */
export class Announcements {
  #told: ReadonlySet<string> = new Set();
  #waiting: TimelineEntry[] = [];

  /** Takes note of what is new. True when there is something to tell. */
  take(entries: readonly TimelineEntry[]): boolean {
    for (const entry of entries) {
      if (this.#told.has(entry.id)) continue;
      if (entry.kind === 'system' || !entry.message.own) this.#waiting.push(entry);
    }
    this.#told = new Set(entries.map(({ id }) => id));
    return this.#waiting.length > 0;
  }

  /** What to say of everything that has come since the last time. */
  tell(phrases: Phrases): readonly string[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    const messages = waiting.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : []));
    const lines = waiting.flatMap((entry) => (entry.kind === 'system' ? [phrases.system(entry)] : []));
    const shownLines = lines.length > MOST_AT_ONCE ? lines.slice(-1) : lines;
    if (messages.length <= MOST_AT_ONCE)
      return [...shownLines, ...messages.map((each) => phrases.message(each))];
    const names = [...new Set(messages.map(({ name }) => name))];
    return [...shownLines, phrases.burst(messages.length, names)];
  }
}
