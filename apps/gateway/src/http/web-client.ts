import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { compressedFiles } from './compressed-files.ts';

/** Built files whose name holds a hash of their content: `main-AB12CD34.js`, `chunk-a_B-12cd.js`. */
const HASHED_NAME = /-[\w-]{8}\.(?:js|css)$/;
const IMMUTABLE = 'public, max-age=31536000, immutable';

export const readIndex = (webRoot: string): string => readFileSync(join(webRoot, 'index.html'), 'utf8');

/** Serves the built web client: its files, and its one page at every path that is the app's. */
export function serveWebClient(app: NestExpressApplication, webRoot: string, index: string): void {
  app.use(compressedFiles(webRoot, IMMUTABLE));
  app.useStaticAssets(webRoot, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response: Response, path: string) => {
      const hashed = HASHED_NAME.test(path);
      response.setHeader('Cache-Control', hashed ? IMMUTABLE : 'no-cache');
      if (hashed) response.vary('Accept-Encoding');
    },
  });
  const compressed = brotliCompressSync(index);
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!isAppPath(request)) {
      next();
      return;
    }
    const small = request.acceptsEncodings('br') === 'br';
    if (small) response.setHeader('Content-Encoding', 'br');
    response.type('html').vary('Accept-Encoding').setHeader('Cache-Control', 'no-cache');
    response.send(small ? compressed : index);
  });
}

/** `/room/<anything>` and every path without an extension that isn't the API's. */
function isAppPath({ method, path }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path === '/api' || path.startsWith('/api/') || path.startsWith('/socket.io')) return false;
  return path.startsWith('/room/') || !path.slice(path.lastIndexOf('/')).includes('.');
}
