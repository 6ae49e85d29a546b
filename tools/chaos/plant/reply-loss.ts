import { ENVELOPE_LENGTHS } from '@bytechat/protocol';
import type { Inspector } from './relay.ts';

/** How Redis's protocol announces the envelope of a short message among the arguments of a script. */
const SHORT_ENVELOPE = Buffer.from(`\r\n$${ENVELOPE_LENGTHS[0]}\r\n`);

/** Cuts a connection to Redis between the execution of an append and its reply. */
export class ReplyLoss {
  #isArmed = false;
  #cuts = 0;

  get cuts(): number {
    return this.#cuts;
  }

  /** The reply to the next append is lost. */
  arm(): void {
    this.#isArmed = true;
  }

  disarm(): void {
    this.#isArmed = false;
  }

  inspector(): Inspector {
    let isDue = false;
    return {
      fromClient: (chunk) => {
        if (!this.#isArmed || !chunk.includes(SHORT_ENVELOPE)) return;
        this.#isArmed = false;
        isDue = true;
      },
      fromServer: () => {
        if (!isDue) return 'pass';
        isDue = false;
        this.#cuts += 1;
        return 'cut';
      },
    };
  }
}
