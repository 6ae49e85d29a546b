import type { Clock, Timer } from '../clock.ts';
import type { Random } from '../random.ts';
import { heartbeatMs } from './rhythm.ts';

export interface HeartbeatPort {
  members(): number;
  /** Whether there is somebody to hear it, and a way. */
  ready(): boolean;
  beat(): void;
}

/** Members don't beat in time with each other: each interval is up to a quarter shorter or longer. */
const SPREAD = 0.25;

/** Shows the others, whenever one has been silent for a while, what one has seen of the room (PROTOCOL §6.13). */
export class Heartbeat {
  readonly #port: HeartbeatPort;
  readonly #clock: Clock;
  readonly #random: Random;
  #timer: Timer | undefined;

  constructor(port: HeartbeatPort, clock: Clock, random: Random) {
    this.#port = port;
    this.#clock = clock;
    this.#random = random;
  }

  /** Something of ours was numbered (or it begins): the silence starts anew. */
  spoke(): void {
    this.stop();
    const spread = 1 - SPREAD + 2 * SPREAD * this.#random.fraction();
    this.#timer = this.#clock.schedule(heartbeatMs(this.#port.members()) * spread, () => {
      this.spoke();
      if (this.#port.ready()) this.#port.beat();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
