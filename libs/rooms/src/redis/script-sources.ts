import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const SCRIPT_NAMES = [
  'alias',
  'append',
  'blob_get',
  'blob_put',
  'commit',
  'complain',
  'create',
  'found',
  'group_info',
  'heartbeat',
  'hold',
  'hold_bytes',
  'join',
  'key_update',
  'key_updates',
  'leave',
  'locate',
  'members',
  'pending',
  'read',
  'release',
  'renew',
  'resume',
  'salts',
  'spend',
  'stage',
  'state',
  'trim',
  'withdraw',
  'wraps',
] as const;

export type ScriptName = (typeof SCRIPT_NAMES)[number];

export interface Script {
  source: string;
  /** What Redis knows the script by once it has run. */
  sha1: string;
}

export type Scripts = Readonly<Record<ScriptName, Script>>;

const INCLUDE = /^-- include (\w+\.lua)$/gm;

/**
 * Reads the scripts as text, once, at start. They lie in `lua/` beside this module; a bundle has them beside itself,
 * or names the directory.
 * @throws when one is missing.
 */
export function readScripts(directory: URL = new URL('./lua/', import.meta.url)): Scripts {
  const read = (path: string): string => readFileSync(new URL(path, directory), 'utf8');
  const entries = SCRIPT_NAMES.map((name) => {
    const source = read(`${name}.lua`).replace(INCLUDE, (_, file: string) => read(`include/${file}`));
    return [name, { source, sha1: createHash('sha1').update(source).digest('hex') }] as const;
  });
  return Object.fromEntries(entries) as Record<ScriptName, Script>;
}
