export type * from './blobs/blob-store.ts';
export { createBlobs, type Blobs } from './blobs/create-blobs.ts';
export { MemoryBlobStore } from './blobs/memory/memory-blob-store.ts';
export { RedisBlobStore, type RedisBlobStoreSettings } from './blobs/redis/redis-blob-store.ts';
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
