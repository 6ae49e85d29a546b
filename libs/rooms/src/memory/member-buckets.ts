import type { Bytes } from '@bytechat/protocol';
import { hex } from '../bytes.ts';
import type { MemberRates, Rate } from '../store-settings.ts';
import { takeToken } from './token-bucket.ts';

type Act = keyof MemberRates | 'message';

/** What each member has spent, one token bucket for each kind of act. */
export class MemberBuckets {
  readonly #byMember = new Map<string, Map<Act, number>>();
  readonly #rates: Readonly<Record<Act, Rate>>;

  constructor(rates: Readonly<Record<Act, Rate>>) {
    this.#rates = rates;
  }

  /** @throws ERR_RATE with the milliseconds until a token is there. */
  spend(mid: Bytes, act: Act, now: number): void {
    const buckets = this.#byMember.get(hex(mid)) ?? new Map<Act, number>();
    const { burst, intervalMs } = this.#rates[act];
    buckets.set(act, takeToken(buckets.get(act), now, burst, intervalMs));
    this.#byMember.set(hex(mid), buckets);
  }

  delete(mid: Bytes): void {
    this.#byMember.delete(hex(mid));
  }
}
