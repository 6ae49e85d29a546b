import { MemoryRoomStore, RedisRoomStore, type RoomStore, type StoreLimits } from '@bytechat/rooms';
import type { GatewayConfig } from '@bytechat/config';
import type { Log } from '../logging/log.ts';
import { closeConnection, openCommandConnection } from './redis-connections.ts';

/** A store, and how it is ended with everything it stands on. */
export interface OpenStore {
  store: RoomStore;
  close(): Promise<void>;
}

/** Opens the store the configuration names. @throws when Redis can't be reached. */
export async function openStore(config: GatewayConfig, log: Log): Promise<OpenStore> {
  const limits = limitsOf(config);
  if (config.redis === undefined) {
    log.info('Embedded store: one process holds every room in its memory, and ending it ends them all.');
    return closing(new MemoryRoomStore({ limits }));
  }
  const client = await openCommandConnection(config.redis, log);
  log.info('Rooms live in Redis: every pod with the same Redis shares them.');
  return closing(new RedisRoomStore({ client, limits }), () => closeConnection(client));
}

/** The store that somebody else has made. */
export const closing = (store: RoomStore, after: () => Promise<void> = async () => undefined): OpenStore => ({
  store,
  close: async () => {
    await store.close();
    await after();
  },
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
