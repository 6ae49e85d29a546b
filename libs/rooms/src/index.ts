export { MemoryRoomStore } from './memory/memory-room-store.ts';
export { RedisRoomStore, type RedisStoreSettings } from './redis/redis-room-store.ts';
export { RoomError } from './room-error.ts';
export type * from './room-store.ts';
export type * from './rooms.ts';
export { createRooms, type RoomsConfig } from './rules/create-rooms.ts';
export {
  DEFAULT_STORE_LIMITS,
  PROTOCOL_LIFETIMES,
  PROTOCOL_RATES,
  type MemberRates,
  type StoreLifetimes,
  type StoreSettings,
} from './store-settings.ts';
