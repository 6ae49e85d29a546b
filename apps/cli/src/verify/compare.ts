import { fetchAsBrowser, type Answer } from './as-browser.ts';
import type { Manifest } from './manifest.ts';

/** One address that doesn't serve what the manifest says. */
export interface Difference {
  path: string;
  what: string;
}

const AT_ONCE = 4;
const INDEX = 'index.html';
/** The addresses at which people get the start page: the site itself, and where invite links lead. */
const PAGES = ['', 'room'];

interface Expected {
  path: string;
  kind: 'page' | 'part';
  integrity: string;
}

/**
 * Fetches everything a manifest names from a site and tells the differences, in the order of the manifest.
 * @throws {NotReachable}
 */
export async function compareSite(site: URL, manifest: Manifest, until: AbortSignal): Promise<Difference[]> {
  const expected = expectations(manifest);
  const found: (string | undefined)[] = [];
  const waiting = expected.entries();
  const lane = async (): Promise<void> => {
    for (const [index, each] of waiting) {
      const answer = await fetchAsBrowser(addressOf(site, each.path), each.kind, until);
      found[index] = differenceBetween(each, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return expected.flatMap(({ path }, index) => {
    const what = found[index];
    return what === undefined ? [] : [{ path: path === '' ? '/' : path, what }];
  });
}

/** How many addresses a manifest has compared. */
export const countAddresses = (manifest: Manifest): number => expectations(manifest).length;

function expectations({ files }: Manifest): Expected[] {
  const parts = Object.entries(files).map(([path, integrity]): Expected => {
    return { path, integrity, kind: path.endsWith('.html') ? 'page' : 'part' };
  });
  const index = files[INDEX];
  if (index === undefined) return parts;
  return [...PAGES.map((path): Expected => ({ path, integrity: index, kind: 'page' })), ...parts];
}

/** The address of a path of the manifest below where the client is served. */
export function addressOf(site: URL, path: string): URL {
  const folder = site.pathname.endsWith('/') ? site.pathname : `${site.pathname}/`;
  return new URL(folder + path.split('/').map(encodeURIComponent).join('/'), site.origin);
}

function differenceBetween({ integrity }: Expected, answer: Answer): string | undefined {
  if ('status' in answer) return `not served (answer ${answer.status})`;
  return answer.integrity === integrity ? undefined : 'different';
}
