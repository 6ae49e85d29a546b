import { codeInFragment, fragmentOf, readCodeField } from '../invite/invite-code.ts';

/** What the address bar asks for. */
export type Place =
  | { kind: 'start' }
  | { kind: 'invite'; code: string }
  /** A room's path without a usable secret after the #. */
  | { kind: 'lostSecret' }
  /** The code stood in the path, so the server has seen it (PROTOCOL decision 23). */
  | { kind: 'codeInPath'; code: string };

/** Reads a path and a fragment (with or without its #). The fragment wins: only it never reaches a server. */
export function readPlace(pathname: string, hash: string): Place {
  const fragment = hash.replace(/^#/, '');
  const code = codeInFragment(fragment);
  if (code !== undefined) return { kind: 'invite', code };
  const room = /^\/room(?:\/([^/]*))?\/?$/.exec(pathname);
  if (!room) return fragment === '' ? { kind: 'start' } : { kind: 'lostSecret' };
  const inPath = readCodeField(room[1] ?? '');
  return inPath.kind === 'code' ? { kind: 'codeInPath', code: inPath.code } : { kind: 'lostSecret' };
}

/** Where an invited person lands; the secret stays after the #. */
export function invitePath(code: string): string {
  return `/room#${fragmentOf(code)}`;
}
