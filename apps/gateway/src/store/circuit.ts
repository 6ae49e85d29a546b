import { RoomError, type RoomStore } from '@bytechat/rooms';
import { around, type Call } from '../around.ts';

/** Verbs in a row without an answer after which the store counts as out of reach. */
const FAILURES_UNTIL_OPEN = 3;
/** When a caller should try again: spread, so that not all come at once. */
const RETRY_AFTER_MS = { min: 500, max: 1_500 };

/** The store is known to be out of reach: it wasn't asked. */
export class StoreOutOfReach extends Error {
  override readonly name = 'StoreOutOfReach';
  readonly retryAfterMs: number;

  constructor() {
    super('The room store is out of reach.');
    const { min, max } = RETRY_AFTER_MS;
    this.retryAfterMs = Math.round(min + Math.random() * (max - min));
  }

  /** What the caller is told. */
  toRefusal(): RoomError {
    return new RoomError('ERR_BUSY', { retryAfterMs: this.retryAfterMs });
  }
}

/**
 * The store, asked nothing while it is known to be out of reach: callers hear so at once instead of after a time-out,
 * and nothing piles up. Pings always go through; the first that is answered ends it (`Readiness` sends them).
 */
export function withCircuit(store: RoomStore): RoomStore {
  return sharedCircuit()(store);
}

/** One circuit for several views of one store: an outage of it is one of all. */
export function sharedCircuit(): <T extends object>(store: T) => T {
  const circuit = new Circuit();
  return (store) => around(store, (call) => circuit.run(call));
}

class Circuit {
  #failures = 0;

  async run({ method, proceed }: Call): Promise<unknown> {
    if (this.#failures >= FAILURES_UNTIL_OPEN && method !== 'ping') throw new StoreOutOfReach();
    try {
      const answer = await proceed();
      this.#failures = 0;
      return answer;
    } catch (error) {
      this.#failures = isAnswer(error) ? 0 : this.#failures + 1;
      throw error;
    }
  }
}

/** A refusal by the rules, an error that Redis itself replied with, and a mistake of ours are no outage. */
const isAnswer = (error: unknown): boolean =>
  error instanceof RoomError ||
  error instanceof TypeError ||
  (error instanceof Error && error.name === 'ReplyError');
