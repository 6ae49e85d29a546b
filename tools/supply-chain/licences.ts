import type { Locked } from './lock.ts';

/**
 * Licences whose code may become part of a work under AGPL-3.0: the Free Software Foundation lists each as compatible with
 * version 3 of the GPL.
 */
export const COMPATIBLE: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['Unlicense', 'CC0-1.0', 'WTFPL', 'Python-2.0', 'PSF-2.0', 'MPL-2.0'],
]);

/** Of what only builds and tests: data under these may be read by a tool, and becomes part of nothing. */
export const FOR_TOOLS_ONLY: ReadonlySet<string> = new Set(['CC-BY-3.0', 'CC-BY-4.0']);

/** Whether a licence lets us do what we do: of `OR` one side will do, of `AND` each has to. */
export function isAllowed(expression: string, licences: ReadonlySet<string>): boolean {
  const bare = expression.replace(/^\(|\)$/g, '');
  return bare.split(' OR ').some((side) => side.split(' AND ').every((licence) => licences.has(licence)));
}

/** A table of everything that is shipped, by licence, to go beside a release. */
export function licenceList(packages: readonly Locked[]): string {
  const shipped = packages.filter(({ isShipped }) => isShipped);
  const lines = shipped.map(({ name, version, licence }) => `${licence ?? '?'}\t${name}\t${version}`);
  return `${[...new Set(lines)].sort().join('\n')}\n`;
}
