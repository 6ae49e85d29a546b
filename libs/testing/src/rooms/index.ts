export { blobStoreConformance, type BlobWorld } from './blob-conformance.ts';
export { TestFile } from './blob-files.ts';
export { memoryBlobWorld, redisBlobWorlds } from './blob-worlds.ts';
export { roomStoreConformance } from './conformance.ts';
export { storesAgree } from './model-run.ts';
export { memoryWorld, redisWorlds } from './worlds.ts';
export { ManualClock, type Jest, type StoreWorld, type WorldFactory, type WorldSettings } from './harness.ts';
export { codeOf, refusalOf } from './refusals.ts';
export { newAddress, newInvite, newPerson, Scene, type Person, type RoomInvite } from './people.ts';
