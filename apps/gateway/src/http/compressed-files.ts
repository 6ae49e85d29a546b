import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { NextFunction, Request, Response } from 'express';

/** A built script or style right below the root, whose name holds a hash of its content. */
const COMPRESSIBLE = /^\/[\w-]+-[\w-]{8}\.(?:js|css)$/;
/** The last percents of the best quality cost ten times the time, and somebody waits for the first one. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const compress = promisify(brotliCompress);

/**
 * Serves scripts and styles of the built page in Brotli to who takes it: on a slow phone they are most of the wait. Each is
 * compressed when it is first asked for and then kept, since a file with a hash in its name never changes.
 */
export function compressedFiles(webRoot: string, cacheControl: string) {
  const kept = new Map<string, Promise<Buffer>>();
  const bodyOf = (path: string): Promise<Buffer> => {
    const known = kept.get(path);
    if (known) return known;
    const made = readFile(join(webRoot, path)).then((content) => compress(content, QUALITY));
    kept.set(path, made);
    // What isn't there is not remembered: anybody can ask for any name.
    made.catch(() => kept.delete(path));
    return made;
  };
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!asksFor(request)) {
      next();
      return;
    }
    bodyOf(request.path).then(
      (body) =>
        response
          .type(extname(request.path))
          .vary('Accept-Encoding')
          .setHeader('Content-Encoding', 'br')
          .setHeader('Cache-Control', cacheControl)
          .end(request.method === 'HEAD' ? undefined : body),
      () => next(),
    );
  };
}

function asksFor(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  return COMPRESSIBLE.test(request.path) && request.acceptsEncodings('br') === 'br';
}
