export { RoomError } from './room-error.ts';
export type * from './room-store.ts';
export type * from './rooms.ts';
