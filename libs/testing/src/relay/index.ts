export * from './attacks.ts';
export { HostileRelay, RelayLine, type Attack, type Forward, type Request } from './hostile-relay.ts';
export { gidIn, joinKeyOf, KeyThief, stagedWelcomes } from './key-thief.ts';
export { RoomUnderAttack } from './room-under-attack.ts';
export { SplitRoom } from './split-room.ts';
