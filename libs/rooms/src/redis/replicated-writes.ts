import type { Cluster, Redis } from 'ioredis';
import { RoomError } from '../room-error.ts';
import { slotOf } from './key-slot.ts';
import { isRefusal } from './reply.ts';

export interface Replication {
  /** Writes alone go over it, and it must not send a command again by itself. Closed by its owner. */
  client: Redis | Cluster;
  /** How many replicas have a write before it counts as done. */
  replicas: number;
  /** How long they are waited for. */
  timeoutMs: number;
}

/** A command and its arguments. */
export type Command = readonly [string, ...(string | number | Buffer)[]];

interface Write {
  command: Command;
  resolve(reply: unknown): void;
  reject(error: unknown): void;
}

/** After the replicas were late: so long nobody is let wait for them. */
const REST_MS = 500;
/** Writes that one WAIT stands for, at most. */
const MAX_BATCH = 256;

/**
 * Writes that are done when replicas have them (ADR 0014). WAIT blocks its connection, so the writes that come while
 * one is under way share the next, and when it failed the ones behind it hear so at once: what is late costs everybody
 * one time-out at most, and then nothing until the rest is over.
 */
export class ReplicatedWrites {
  readonly #replication: Replication;
  readonly #lanes = new Map<string, Lane>();

  constructor(replication: Replication) {
    this.#replication = replication;
  }

  /**
   * @param key one that the command writes; all of them lie on one slot
   * @throws RoomError ERR_INDETERMINATE when it is written but not replicated in time, ERR_BUSY when it was not tried
   */
  run(key: string, command: Command): Promise<unknown> {
    const owner = this.#ownerOf(key);
    const lane = this.#lanes.get(owner) ?? new Lane(this.#replication);
    this.#lanes.set(owner, lane);
    return lane.add(command);
  }

  /** The master that holds the key, with its replicas, as ioredis knows it. */
  #ownerOf(key: string): string {
    const { client } = this.#replication;
    return 'slots' in client ? (client.slots[slotOf(key)] ?? []).join() : '';
  }
}

/** What goes over one connection. */
class Lane {
  readonly #replication: Replication;
  #waiting: Write[] = [];
  #isBusy = false;
  #restsUntil = 0;

  constructor(replication: Replication) {
    this.#replication = replication;
  }

  async add(command: Command): Promise<unknown> {
    const retryAfterMs = Math.ceil(this.#restsUntil - performance.now());
    if (retryAfterMs > 0) throw new RoomError('ERR_BUSY', { retryAfterMs });
    const written = new Promise((resolve, reject) => this.#waiting.push({ command, resolve, reject }));
    if (!this.#isBusy) void this.#empty();
    return written;
  }

  async #empty(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const writes = this.#waiting.splice(0, MAX_BATCH);
      try {
        await this.#send(writes);
      } catch (error) {
        for (const { reject } of writes) reject(error);
      }
    }
    this.#isBusy = false;
  }

  async #send(writes: readonly Write[]): Promise<void> {
    const { client, replicas, timeoutMs } = this.#replication;
    const pipeline = client.pipeline();
    for (const { command } of writes) pipeline.callBuffer(...command);
    pipeline.call('WAIT', replicas, timeoutMs);
    const results = (await pipeline.exec()) ?? [];
    const [failure, reached] = results.at(-1) ?? [];
    const isReplicated = failure === null && Number(reached) >= replicas;
    if (failure === null && !isReplicated) this.#rest();
    for (const [i, { resolve, reject }] of writes.entries()) {
      const [error, reply] = results[i] ?? [];
      if (error) reject(error);
      else if (isReplicated || isRefusal(reply)) resolve(reply);
      else reject(new RoomError('ERR_INDETERMINATE', { retryAfterMs: REST_MS }));
    }
  }

  #rest(): void {
    this.#restsUntil = performance.now() + REST_MS;
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new RoomError('ERR_BUSY', { retryAfterMs: REST_MS }));
    }
  }
}
