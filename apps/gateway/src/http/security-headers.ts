import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import { inlineHashes, type InlineHashes } from './inline-hashes.ts';
import { apiOriginOf, socketOriginOf } from './page-api.ts';

const TWO_YEARS_SECONDS = 63_072_000;

export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Nothing of the machine is any of the app's business. */
const PERMISSIONS_POLICY = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Scripts without an integrity to hold them to are refused: the page has one for each, and for each later one in its import map. */
const INTEGRITY_POLICY = 'blocked-destinations=(script)';

/**
 * The headers of every answer (RELIABILITY S13 to S15), with the one policy of the product, which fits `page`: the built
 * index.html, or nothing where none is served. `isSecure` tells whether the browser came over https: only then may it be
 * told to insist on it.
 */
export function securityHeaders(page: string, isSecure: (request: IncomingMessage) => boolean): Middleware {
  const common = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: policy(inlineHashes(page), apiOriginOf(page)),
    },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
    response.setHeader('Integrity-Policy', INTEGRITY_POLICY);
    if (isSecure(request))
      response.setHeader('Strict-Transport-Security', `max-age=${TWO_YEARS_SECONDS}; includeSubDomains`);
    common(request, response, next);
  };
}

/** `'self'` covers ws: and wss: of the same host as well. */
function policy({ scripts, styles }: InlineHashes, api: string | undefined): Record<string, string[]> {
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", ...scripts],
    workerSrc: ["'self'"],
    styleSrc: ["'self'", ...styles],
    imgSrc: ["'self'", 'blob:', 'data:'],
    fontSrc: ["'self'"],
    manifestSrc: ["'self'"],
    connectSrc: ["'self'", ...(api === undefined ? [] : [api, socketOriginOf(api)])],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['default', 'angular'],
  };
}
