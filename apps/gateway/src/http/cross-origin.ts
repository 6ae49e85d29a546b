import type { Middleware } from './security-headers.ts';

/**
 * Lets pages of the listed origins read answers of the API, when the page is served from another origin than the API
 * (PROTOCOL §10.1). Requests are simple ones without credentials, so there is no preflight. Nobody else is told anything.
 */
export function allowOrigins(origins: readonly string[]): Middleware {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.setHeader('Vary', 'Origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    }
    next();
  };
}
