import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** A package of others, as package-lock.json has it. */
export interface Locked {
  /** Where it lies below the root. */
  path: string;
  name: string;
  version: string;
  /** An SPDX expression; undefined where the package says it otherwise than in its `license` field. */
  licence: string | undefined;
  integrity: string | undefined;
  resolved: string | undefined;
  /** Part of what people run or are served; the others only build and test it. */
  isShipped: boolean;
  hasInstallScript: boolean;
}

interface Entry {
  name?: string;
  version?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
}

/** Every package of others that `npm ci` may install. */
export function lockedPackages(): Locked[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>;
  };
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true)
    .map(([path, entry]) => lockedOf(path, entry));
}

function lockedOf(path: string, entry: Entry): Locked {
  return {
    path,
    name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version ?? '',
    licence: entry.license ?? olderLicence(path),
    integrity: entry.integrity,
    resolved: entry.resolved,
    isShipped: entry.dev !== true && entry.devOptional !== true,
    hasInstallScript: entry.hasInstallScript === true,
  };
}

/** As old packages name it: `"licenses": [{ "type": "MIT" }]`. */
function olderLicence(path: string): string | undefined {
  const manifest = join(root, path, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const { licenses } = JSON.parse(readFileSync(manifest, 'utf8')) as { licenses?: { type?: string }[] };
  return licenses?.map(({ type }) => type).join(' AND ');
}
