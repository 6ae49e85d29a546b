import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const wycheproofFolder = process.env['WYCHEPROOF_DIR'] ?? join(root, '..', 'shared', 'wycheproof');

/** `runInPage(task, given)` in the page: one worker for each, which lives until the page goes. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>engine</title><script type="module">
let worker;
window.runInPage = (task, given) => new Promise((resolve, reject) => {
  worker ??= new Worker('/worker.js', { type: 'module' });
  worker.onerror = (event) => reject(new Error(event.message));
  worker.onmessage = ({ data }) => data.error ? reject(new Error(data.error)) : resolve(JSON.stringify(data.value));
  worker.postMessage({ task, given });
});
window.ready = true;
</script>`;

/** A page on the loopback address, a secure context as WebCrypto needs it, with its worker and its data. */
export async function servePage(worker: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = answerTo(request.url ?? '/', worker);
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': answer.type, 'cache-control': 'no-store' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answerTo(url: string, worker: string): { type: string; body: string } | undefined {
  if (url === '/') return { type: 'text/html', body: PAGE };
  if (url === '/worker.js') return { type: 'text/javascript', body: worker };
  const [, folder, name] = /^\/(files|wycheproof)\/([\w.]+\.json)$/.exec(url) ?? [];
  if (name === undefined) return undefined;
  const path = join(folder === 'files' ? join(root, 'libs', 'crypto', 'vectors') : wycheproofFolder, name);
  return existsSync(path) ? { type: 'application/json', body: readFileSync(path, 'utf8') } : undefined;
}
