import { randomBytes } from 'node:crypto';
import type { Bytes } from '@bytechat/protocol';
import type { AddressKeys, Bucket } from '../room-store.ts';
import { bucketIntervalMs, type StoreLifetimes } from '../store-settings.ts';
import { addressStoreKeys, SALTS_KEY } from './keys.ts';
import { asBytes, asNumber } from './reply.ts';
import type { ScriptRunner } from './script-runner.ts';

const SALT_BYTES = 32;

/** What addresses hold and spend, counted over all pods. */
export class AddressBook {
  readonly #scripts: ScriptRunner;
  readonly #lifetimes: StoreLifetimes;

  constructor(scripts: ScriptRunner, lifetimes: StoreLifetimes) {
    this.#scripts = scripts;
    this.#lifetimes = lifetimes;
  }

  /** Reserves the place of a room. @returns true when it is a new one. @throws ERR_RATE. */
  async holdRoom(address: AddressKeys, room: string, lifeMs: number, limit: number): Promise<boolean> {
    const [isNew] = await this.#scripts.run('hold', addressStoreKeys('rooms', address), [
      room,
      lifeMs,
      limit,
    ]);
    return asNumber(isNew) === 1;
  }

  async renewRoom(address: AddressKeys, room: string, endsAt: number): Promise<void> {
    await this.#scripts.run('renew', addressStoreKeys('rooms', address), [endsAt, '', room]);
  }

  async releaseRoom(address: AddressKeys, room: string): Promise<void> {
    await this.#scripts.run('release', addressStoreKeys('rooms', address), [room]);
  }

  async holdConnection(address: AddressKeys, connection: string, limit: number): Promise<void> {
    const lifeMs = this.#lifetimes.connectionMs;
    await this.#scripts.run('hold', addressStoreKeys('sockets', address), [connection, lifeMs, limit]);
  }

  async renewConnections(held: readonly { addressKeys: AddressKeys; connection: string }[]): Promise<void> {
    const byAddress = Map.groupBy(held, ({ addressKeys }) => addressKeys.current);
    await Promise.all(
      [...byAddress.values()].map(async (places) => {
        const keys = addressStoreKeys('sockets', places[0]!.addressKeys);
        const holders = places.map(({ connection }) => connection);
        await this.#scripts.run('renew', keys, ['', this.#lifetimes.connectionMs, ...holders]);
      }),
    );
  }

  async releaseConnection(address: AddressKeys, connection: string): Promise<void> {
    await this.#scripts.run('release', addressStoreKeys('sockets', address), [connection]);
  }

  async spend({ kind, address, burst, perMinute }: Bucket): Promise<void> {
    await this.#scripts.run('spend', addressStoreKeys(kind, address), [burst, bucketIntervalMs(perMinute)]);
  }

  async salts(): Promise<{ current: Bytes; previous: Bytes | undefined }> {
    const args = [this.#lifetimes.saltMs, randomBytes(SALT_BYTES)];
    const [current, previous] = await this.#scripts.run('salts', [SALTS_KEY], args);
    const last = asBytes(previous);
    return { current: asBytes(current), previous: last.length === 0 ? undefined : last };
  }
}
