import { MemoryRoomStore, type RoomStore, type StoreLimits } from '@bytechat/rooms';
import type { GatewayConfig } from '../config/config.ts';
import type { Log } from '../logging/log.ts';

/** Opens the store the configuration names. @throws when Redis can't be reached. */
export async function openStore(config: GatewayConfig, log: Log): Promise<RoomStore> {
  log.info('Embedded store: one process holds every room in its memory, and ending it ends them all.');
  return new MemoryRoomStore({ limits: limitsOf(config) });
}

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
