import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Spawned } from './spawned.ts';

const builder = join(import.meta.dirname, '..', '..', 'build.mjs');

/** Bundles the command line as it is now into a folder, and answers with the program. */
export function buildInto(folder: string): string {
  const program = join(folder, 'bytechat.mjs');
  execFileSync(process.execPath, [builder, program]);
  return program;
}

/** The bundled command line as a process of its own. */
export const bytechat = (program: string, args: string[], input?: string | null): Spawned =>
  new Spawned([program, ...args], input === undefined ? {} : { input });
