import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 25;

/** Resolves with whether the condition came to hold in time. Other processes tell nobody: they have to be looked at. */
export async function comesTrue(condition: () => boolean, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) return false;
    await pause(LOOK_MS);
  }
  return true;
}

/** @throws when the condition does not hold in time */
export async function until(condition: () => boolean, what: string, withinMs = 60_000): Promise<void> {
  if (!(await comesTrue(condition, withinMs))) throw new Error(`Waited in vain until ${what}.`);
}
