/** How often silent members show that they are there and see the same (PROTOCOL §6.13): two a second for a whole room. */
export function heartbeatMs(members: number): number {
  return Math.min(Math.max(20_000, members * 500), 600_000);
}

/** After this long without a proof, a view of the room is not fresh any more. */
export function freshnessMs(members: number): number {
  return Math.max(60_000, 3 * heartbeatMs(members));
}
