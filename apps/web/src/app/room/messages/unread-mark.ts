import { signal } from '@angular/core';

/**
 * Where the unread part begins: before the first message that came while the person wasn't at the end or looked
 * elsewhere. It stays while one reads, moves when new messages come after that, and goes when one answers.
 */
export class UnreadMark {
  readonly #before = signal<string | undefined>(undefined);
  /** The id of the first unread message. */
  readonly before = this.#before.asReadonly();
  #read = true;

  /** Messages of others have come; `first` is the oldest of them. */
  arrived(first: string, looking: boolean): void {
    if (looking) return;
    if (this.#read) this.#before.set(first);
    this.#read = false;
  }

  /** The person is at the end and looks. */
  caughtUp(): void {
    this.#read = true;
  }

  /** The person has written. */
  answered(): void {
    this.#read = true;
    this.#before.set(undefined);
  }
}
