import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** Built files whose name holds a hash of their content: `main-AB12CD34.js`. */
const HASHED_NAME = /-[A-Z0-9]{8}\.[a-z0-9]+$/;
const IMMUTABLE = 'public, max-age=31536000, immutable';

export const readIndex = (webRoot: string): string => readFileSync(join(webRoot, 'index.html'), 'utf8');

/** Serves the built web client: its files, and its one page at every path that is the app's. */
export function serveWebClient(app: NestExpressApplication, webRoot: string, index: string): void {
  app.useStaticAssets(webRoot, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response: Response, path: string) =>
      response.setHeader('Cache-Control', HASHED_NAME.test(path) ? IMMUTABLE : 'no-cache'),
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (isAppPath(request)) response.type('html').setHeader('Cache-Control', 'no-cache').send(index);
    else next();
  });
}

/** `/room/<anything>` and every path without an extension that isn't the API's. */
function isAppPath({ method, path }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path === '/api' || path.startsWith('/api/') || path.startsWith('/socket.io')) return false;
  return path.startsWith('/room/') || !path.slice(path.lastIndexOf('/')).includes('.');
}
