import type { ServerEvent, TransportFactory } from '@bytechat/client';
import type { Seeded } from '../plant/seeded.ts';

const SHARE = 0.2;

/** A network that doubles a fifth of all hints and lets a fifth be overtaken by the next one. */
export class UnreliableHints {
  readonly #random: Seeded;
  #disturbed = 0;

  constructor(random: Seeded) {
    this.#random = random;
  }

  get disturbed(): number {
    return this.#disturbed;
  }

  between(factory: TransportFactory): TransportFactory {
    return (endpoint, listener) => {
      let overtaken: ServerEvent | undefined;
      const event = (next: ServerEvent): void => {
        const before = overtaken;
        overtaken = undefined;
        const fate = next.name === 'new_message' ? this.#random.fraction() : 1;
        if (fate < SHARE && before === undefined) overtaken = next;
        else listener.event(next);
        if (fate >= SHARE && fate < 2 * SHARE) listener.event(next);
        if (fate < 2 * SHARE) this.#disturbed++;
        if (before) listener.event(before);
      };
      return factory(endpoint, { event, closed: (error) => listener.closed(error) });
    };
  }
}
