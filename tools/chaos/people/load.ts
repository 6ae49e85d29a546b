import { setTimeout as pause } from 'node:timers/promises';
import type { Seeded } from '../plant/seeded.ts';
import type { Party } from './party.ts';

/** So many messages of one person may be under way; the SDK queues them. */
const MOST_PENDING = 3;
const MEET_AGAIN_MS = 500;

/** Keeps parties talking: one message after the other, each by somebody else. */
export class Load {
  readonly #parties: readonly Party[];
  readonly #random: Seeded;
  readonly #meanPauseMs: number;
  #running: Promise<unknown> = Promise.resolve();
  #isOn = false;

  /** @param meanPauseMs between two messages of one party */
  constructor(parties: readonly Party[], random: Seeded, meanPauseMs: number) {
    this.#parties = parties;
    this.#random = random;
    this.#meanPauseMs = meanPauseMs;
  }

  start(): void {
    this.#isOn = true;
    this.#running = Promise.all(this.#parties.map((party) => this.#keepTalking(party)));
  }

  async stop(): Promise<void> {
    this.#isOn = false;
    await this.#running;
  }

  async #keepTalking(party: Party): Promise<void> {
    while (this.#isOn) {
      if (party.isOver) await this.#meetAgain(party);
      const talker = this.#random.pick(party.present);
      if (talker.pending < MOST_PENDING) await talker.say();
      await pause(this.#random.between(0, 2 * this.#meanPauseMs));
    }
  }

  /** The server may be away while they try. */
  async #meetAgain(party: Party): Promise<void> {
    while (this.#isOn) {
      try {
        await party.meet();
        return;
      } catch {
        await pause(MEET_AGAIN_MS);
      }
    }
  }
}
