import {
  MemoryBlobStore,
  MemoryRoomStore,
  RedisBlobStore,
  RedisRoomStore,
  type BlobLimits,
  type BlobStore,
  type RedisStoreSettings,
  type RoomStore,
  type StoreLimits,
} from '@bytechat/rooms';
import type { GatewayConfig } from '@bytechat/config';
import type { Log } from '../logging/log.ts';
import {
  closeConnection,
  openCommandConnection,
  openWriteConnection,
  type Connection,
} from './redis-connections.ts';

/** A store, and how it is ended with everything it stands on. */
export interface OpenStore {
  store: RoomStore;
  blobs: BlobStore;
  close(): Promise<void>;
}

/** Opens the store the configuration names. @throws when Redis can't be reached. */
export async function openStore(config: GatewayConfig, log: Log): Promise<OpenStore> {
  const limits = limitsOf(config);
  const blobLimits = blobLimitsOf(config);
  if (config.redis === undefined) {
    log.info('Embedded store: one process holds every room in its memory, and ending it ends them all.');
    return embeddedStore(new MemoryRoomStore({ limits }), blobLimits);
  }
  const client = await openCommandConnection(config.redis, log);
  const writer = config.redisReplicas === 0 ? undefined : await openWriteConnection(config.redis, log);
  log.info('Rooms live in Redis: every pod with the same Redis shares them.');
  const store = new RedisRoomStore({ client, limits, ...replicationOver(writer, config.redisReplicas) });
  return {
    store,
    blobs: new RedisBlobStore({ client, limits, blobLimits }),
    close: async () => {
      await store.close();
      await closeConnection(client);
      if (writer !== undefined) await closeConnection(writer);
    },
  };
}

/** A healthy replica answers within a millisecond or two of the network between it and its master. */
const REPLICA_TIMEOUT_MS = 200;

const replicationOver = (
  client: Connection | undefined,
  replicas: number,
): Pick<RedisStoreSettings, 'replication'> =>
  client === undefined ? {} : { replication: { client, replicas, timeoutMs: REPLICA_TIMEOUT_MS } };

/** Rooms in the memory of this process, their files beside them. */
export const embeddedStore = (store: MemoryRoomStore, limits: BlobLimits): OpenStore => ({
  store,
  blobs: new MemoryBlobStore({ rooms: store, limits }),
  close: () => store.close(),
});

export function limitsOf(config: GatewayConfig): StoreLimits {
  return {
    maxMessages: config.maxMessages,
    maxMembers: config.maxUsersPerRoom,
    maxRoomsPerAddress: config.maxRoomsPerAddress,
    messageIntervalMs: config.messageIntervalMs,
    messageBurst: config.messageBurst,
    emptyRoomSeconds: config.emptyRoomSeconds,
  };
}

export const blobLimitsOf = (config: GatewayConfig): BlobLimits => ({
  maxFileBytes: config.maxAttachmentBytes,
  maxRoomBytes: config.maxAttachmentBytesPerRoom,
  maxAddressBytes: config.maxAttachmentBytesPerAddress,
});
