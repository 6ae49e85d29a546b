import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { InlineHashes } from './inline-hashes.ts';

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

/**
 * The headers of every answer (RELIABILITY S13 to S15), with the one policy of the product. `isSecure` tells whether
 * the browser came over https: only then may it be told to insist on it.
 */
export function securityHeaders(
  hashes: InlineHashes,
  isSecure: (request: IncomingMessage) => boolean,
): Middleware {
  const common = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policy(hashes) },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
    if (isSecure(request))
      response.setHeader('Strict-Transport-Security', `max-age=${TWO_YEARS_SECONDS}; includeSubDomains`);
    common(request, response, next);
  };
}

/** `'self'` covers ws: and wss: of the same host as well. */
function policy({ scripts, styles }: InlineHashes): Record<string, string[]> {
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", ...scripts],
    workerSrc: ["'self'"],
    styleSrc: ["'self'", ...styles],
    imgSrc: ["'self'", 'blob:', 'data:'],
    fontSrc: ["'self'"],
    manifestSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['default', 'angular'],
  };
}
