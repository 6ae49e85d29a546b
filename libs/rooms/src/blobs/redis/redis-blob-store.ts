import { MAX_BLOBS, type Bytes } from '@bytechat/protocol';
import { hex } from '../../bytes.ts';
import { addressStoreKeys, roomKeys } from '../../redis/keys.ts';
import type { RedisStoreSettings } from '../../redis/redis-room-store.ts';
import { asBytes, asNumber, type Reply } from '../../redis/reply.ts';
import { ScriptRunner, type Argument } from '../../redis/script-runner.ts';
import { scriptSettings } from '../../redis/script-settings.ts';
import { readScripts, type ScriptName } from '../../redis/script-sources.ts';
import { RoomError } from '../../room-error.ts';
import { PROTOCOL_LIFETIMES, PROTOCOL_RATES, type StoreLifetimes } from '../../store-settings.ts';
import type { BlobLimits, BlobStore, GetChunk, PutChunk } from '../blob-store.ts';

/** The settings of the rooms' store, and the limits of files. */
export interface RedisBlobStoreSettings extends RedisStoreSettings {
  blobLimits: BlobLimits;
}

/** What the script answers when the address must hold space first. */
const NEW_FILE = -1;

/**
 * Files of rooms in Redis, beside the keys of their room and under its tag. Their share of memory is bounded below the
 * whole (`maxmemory`), so that messages go on when files find no space any more.
 */
export class RedisBlobStore implements BlobStore {
  readonly #scripts: ScriptRunner;
  readonly #limits: BlobLimits;
  readonly #lifetimes: StoreLifetimes;
  readonly #settings: string;

  constructor(settings: RedisBlobStoreSettings) {
    const { client, limits, lifetimes = {}, rates = {}, now, luaDirectory, blobLimits } = settings;
    this.#scripts = new ScriptRunner(client, readScripts(luaDirectory), now);
    this.#limits = blobLimits;
    this.#lifetimes = { ...PROTOCOL_LIFETIMES, ...lifetimes };
    this.#settings = scriptSettings(limits, this.#lifetimes, { ...PROTOCOL_RATES, ...rates });
  }

  async putChunk(input: PutChunk): Promise<{ missing: number }> {
    try {
      return { missing: await this.#keep(input) };
    } catch (error) {
      if (isOutOfMemory(error)) throw new RoomError('ERR_BLOB_FULL');
      throw error;
    }
  }

  async getChunk({ rid, mid, connection, fileId, index }: GetChunk): Promise<Bytes> {
    const [bytes] = await this.#run('blob_get', roomKeys(rid), [
      this.#settings,
      mid,
      connection,
      fileId,
      index,
    ]);
    return asBytes(bytes);
  }

  async #keep(input: PutChunk): Promise<number> {
    const first = await this.#put(input, false);
    const { missing, ends } = first.missing === NEW_FILE ? await this.#begin(input) : first;
    if (missing === input.chunks) await this.#renewSpace(input, ends);
    return missing;
  }

  /** The address's share is counted on another slot than the room's: it is taken first, and given back. */
  async #begin(input: PutChunk): Promise<{ missing: number; ends: number }> {
    const keys = addressStoreKeys('blobs', input.address);
    const args = [holderOf(input), this.#lifetimes.keepMs, this.#limits.maxAddressBytes, MAX_BLOBS];
    await this.#run('hold_bytes', keys, args);
    try {
      return await this.#put(input, true);
    } catch (error) {
      if (error instanceof RoomError) await this.#run('release', keys, [holderOf(input)]);
      throw error;
    }
  }

  async #renewSpace(input: PutChunk, ends: number): Promise<void> {
    await this.#run('renew', addressStoreKeys('blobs', input.address), [ends, '', holderOf(input)]);
  }

  async #put(input: PutChunk, isHeld: boolean): Promise<{ missing: number; ends: number }> {
    const { rid, mid, connection, fileId, size, chunks, index, bytes } = input;
    const [missing, ends] = await this.#run('blob_put', roomKeys(rid), [
      ...[this.#settings, mid, connection, fileId, size, chunks, index, bytes],
      ...[isHeld ? '1' : '0', this.#limits.maxRoomBytes, MAX_BLOBS],
    ]);
    return { missing: asNumber(missing), ends: asNumber(ends) };
  }

  #run(name: ScriptName, keys: readonly string[], args: readonly Argument[]): Promise<readonly Reply[]> {
    return this.#scripts.run(name, keys, args);
  }
}

const holderOf = ({ fileId, size }: PutChunk): string => `${hex(fileId)}:${size}`;

/** Redis is at its `maxmemory` and may not evict. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && /(^|\s|-)OOM command not allowed/.test(error.message);
