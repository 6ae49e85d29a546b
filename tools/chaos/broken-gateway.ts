import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_GATEWAY } from './plant/plant.ts';

/** A change of one of the gateway's scripts that breaks a promise. */
export interface Break {
  script: string;
  from: string;
  to: string;
}

/** The built gateway, in a folder of its own, with changed scripts: known to be bad, to try the tester with. */
export async function breakGateway(
  breaks: readonly Break[],
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'bytechat-broken-'));
  await cp(BUILT_GATEWAY, folder, { recursive: true });
  for (const one of breaks) await change(join(folder, 'lua', one.script), one);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function change(path: string, { script, from, to }: Break): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${script} does not have exactly one "${from}".`);
  await writeFile(path, text.replace(from, to));
}
