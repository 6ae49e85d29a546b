import type { AddressKeys } from './room-store.ts';

/** Both keys of an address, the current one first. */
export const keysOf = ({ current, previous }: AddressKeys): string[] =>
  previous === undefined ? [current] : [current, previous];
