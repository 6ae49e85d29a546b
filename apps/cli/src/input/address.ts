import { readFile } from 'node:fs/promises';
import { usage } from '../failure.ts';

/** Where a room is, and the code that opens it. */
export interface Invite {
  origin: string;
  code: string;
}

/** Before the code in the part of a link after # (PROTOCOL §6.3). */
const INVITE_VERSION = '1.';

/** `ws:` and `wss:` are what some call the same server. */
const SCHEMES: Readonly<Record<string, string>> = {
  'http:': 'http:',
  'https:': 'https:',
  'ws:': 'http:',
  'wss:': 'https:',
};

/** The link people are invited with. Its secret stands after the #, so no server sees it. */
export const linkTo = ({ origin, code }: Invite): string => `${origin}/room#${INVITE_VERSION}${code}`;

/**
 * An invite link, or `@file` for a file that holds one: other users of the machine can read the arguments of a process.
 * @throws {Failure} usage; the link is not repeated.
 */
export async function readLink(argument: string): Promise<Invite> {
  return parseLink(argument.startsWith('@') ? await contentOf(argument.slice(1)) : argument);
}

/** @throws {Failure} usage; the link is not repeated. */
export function parseLink(link: string): Invite {
  const url = urlOf(link, 'A link');
  const fragment = decoded(url.hash.slice(1));
  if (!fragment.startsWith(INVITE_VERSION))
    throw usage('The part after # is missing from this link. Ask for the whole link again (and quote it).');
  return { origin: originOf(url), code: fragment.slice(INVITE_VERSION.length) };
}

/** The origin of a server. @throws {Failure} usage. */
export function parseServer(address: string): string {
  const url = urlOf(address, "A server's address");
  if (url.hash !== '') throw usage('This is an invite link; the address of a server has nothing after #.');
  if (url.pathname !== '/' || url.search !== '')
    throw usage("A server's address has no path, such as https://chat.example.");
  return originOf(url);
}

function urlOf(text: string, what: string): URL {
  const url = URL.parse(text.trim());
  if (!url || SCHEMES[url.protocol] === undefined) throw usage(`${what} begins with https:// or http://.`);
  return url;
}

const originOf = (url: URL): string => `${SCHEMES[url.protocol] ?? url.protocol}//${url.host}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw usage(
      `The file with the link can't be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`,
    );
  }
}
