const META = /<meta name="bytechat-api" content="([^"]+)"\s*\/?>/;

/**
 * The origin of the API that a built page is told to talk to; undefined when that is the page's own. The build has
 * checked that it is one (tools/delivery).
 */
export function apiOriginOf(html: string): string | undefined {
  return META.exec(html)?.[1];
}

/** The same origin as a CSP source for the socket: `https://…` covers no `wss://…`. */
export const socketOriginOf = (origin: string): string => origin.replace(/^http/, 'ws');
