import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** Where `nx run web:build:preview` leaves the page over its stand-in for a room. */
export const PREVIEW_ROOT = join(import.meta.dirname, '../../../dist/web-preview');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built preview on a loopback port of its own, without any policy: what the gateway's headers forbid isn't the matter here. */
export class Preview {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async serve(): Promise<Preview> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://preview');
      const file = extname(pathname) === '' ? '/index.html' : pathname;
      readFile(join(PREVIEW_ROOT, file)).then(
        (body) => response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain').end(body),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new Preview(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
