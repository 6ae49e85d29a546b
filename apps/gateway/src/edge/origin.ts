import type { IncomingMessage } from 'node:http';

/**
 * Whether a page of this origin may open a connection (RELIABILITY S1): exactly the listed ones, or the host the
 * request itself was made to. No Origin at all is no browser, so there is nobody to be tricked.
 */
export function isOriginAllowed(
  request: Pick<IncomingMessage, 'headers'>,
  allowed: readonly string[] | undefined,
): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowed !== undefined) return allowed.includes(origin);
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
