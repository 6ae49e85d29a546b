import type { Bytes } from './bytes.ts';

/** Overwrites secrets with zeros. An engine may keep copies; every buffer of ours is gone (PROTOCOL §7). */
export function erase(...secrets: readonly (Bytes | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}
