import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { URL, fileURLToPath } from 'node:url';

// Asks the built gateway for the headers of the page and writes them for nginx, so that there is one policy, written
// down in one place, however the page is served. nginx puts them on every answer, its own errors included, and leaves
// out the gateway's copy. Usage: node write-security-headers.mjs <folder>
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Usage: node write-security-headers.mjs <folder>');

const PORT = '8080';
const ATTEMPTS = 200;
const PAUSE_MS = 50;
const OF_THE_ANSWER =
  /^(date|connection|keep-alive|etag|last-modified|cache-control|content-(type|length|encoding)|transfer-encoding|vary|accept-ranges|strict-transport-security)$/;

const pathOf = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

async function headersOfThePage() {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const response = await fetch(`http://127.0.0.1:${PORT}/`).catch(() => undefined);
    if (response?.ok) return [...response.headers].filter(([name]) => !OF_THE_ANSWER.test(name));
    await pause(PAUSE_MS);
  }
  throw new Error('The built gateway did not serve the page.');
}

const gateway = spawn(process.execPath, [pathOf('apps/gateway/dist/main.mjs')], {
  env: {
    BYTECHAT_HOST: '127.0.0.1',
    BYTECHAT_PORT: PORT,
    BYTECHAT_INTERNAL_PORT: '0',
    BYTECHAT_WEB_ROOT: pathOf('apps/web/dist'),
  },
  stdio: ['ignore', 'inherit', 'inherit'],
});
try {
  const headers = await headersOfThePage();
  if (!headers.some(([name]) => name === 'content-security-policy'))
    throw new Error('The page has no policy.');
  const added = headers.map(([name, value]) => `add_header ${name} "${value}" always;\n`);
  const hidden = headers.map(([name]) => `proxy_hide_header ${name};\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'security-headers.conf'), added.join(''));
  writeFileSync(join(folder, 'hidden-headers.conf'), hidden.join(''));
} finally {
  gateway.kill();
}
