/**
 * Generations follow the clock, in seconds, and rise by one at least: a room that is made again after everything was
 * lost doesn't begin one a second time (ADR 0013). A u32 holds them until 2106.
 */
export const nextGeneration = (last: number, now: number): number =>
  Math.max(last + 1, Math.floor(now / 1_000));
