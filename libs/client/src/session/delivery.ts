/** Which own messages another member has not yet acknowledged to have seen. */
export class Delivery {
  #open: { seq: number; id: string }[] = [];

  /** An own message has its number. */
  sent(seq: number, id: string): void {
    this.#open.push({ seq, id });
  }

  /** Another member has seen all up to `seq`. Answers with the messages that are delivered by that. */
  acknowledged(seq: number): string[] {
    const delivered = this.#open.filter((one) => one.seq <= seq).map(({ id }) => id);
    this.#open = this.#open.filter((one) => one.seq > seq);
    return delivered;
  }

  clear(): void {
    this.#open = [];
  }
}
