import { MAX_PENDING, type Bytes } from '@bytechat/protocol';
import { copyOf, equal, hex } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type { Newcomer, PendingNewcomer } from '../room-store.ts';
import { PENDING_RETRY_MS } from '../store-settings.ts';
import { inOrderOfArrival } from '../waiting-order.ts';

/** Newcomers who wait for a member's commit; one place an identity, one a connection. */
export class WaitingList {
  readonly #waiting = new Map<string, PendingNewcomer & { until: number }>();

  /** @throws ERR_BUSY when the list is full. */
  add(newcomer: Newcomer, connection: string, until: number, now: number): void {
    for (const [mid, entry] of this.#waiting) {
      const isReplaced = mid === hex(newcomer.mid) || entry.connection === connection;
      if (isReplaced || entry.until <= now) this.#waiting.delete(mid);
    }
    if (this.#waiting.size >= MAX_PENDING)
      throw new RoomError('ERR_BUSY', { retryAfterMs: PENDING_RETRY_MS });
    this.#waiting.set(hex(newcomer.mid), {
      kp: copyOf(newcomer.kp),
      kph: copyOf(newcomer.kph),
      mid: copyOf(newcomer.mid),
      sigPub: copyOf(newcomer.sigPub),
      connection,
      until,
    });
  }

  list(now: number): PendingNewcomer[] {
    return inOrderOfArrival([...this.#waiting.values()].filter(({ until }) => until > now));
  }

  find(kph: Bytes, now: number): PendingNewcomer | undefined {
    return this.list(now).find((newcomer) => equal(newcomer.kph, kph));
  }

  remove(mid: Bytes): void {
    this.#waiting.delete(hex(mid));
  }

  /** @returns the connections of those who waited. */
  clear(now: number): string[] {
    const waited = this.list(now).map(({ connection }) => connection);
    this.#waiting.clear();
    return waited;
  }

  withdraw(connection: string): void {
    for (const [mid, entry] of this.#waiting) {
      if (entry.connection === connection) this.#waiting.delete(mid);
    }
  }
}
