import { watch } from 'node:fs';
import { gatewayBundle } from './build.mjs';
import { findNode24, nodeEnvironment } from './node24.mjs';
import { nxRun } from './nx.mjs';
import { inRoot } from './paths.mjs';
import { refuseTakenPort } from './port.mjs';
import { ReadableError } from './readable-error.mjs';
import { launch, run, wasInterrupted } from './run.mjs';
import { setUp } from './set-up.mjs';

const WEB_PORT = 4200;
/** Where apps/web/proxy.config.json sends /api and /socket.io. */
const GATEWAY_PORT = 8080;
const FREE_IT = 'Free it and run the command again.';
const GATEWAY_SOURCES = ['apps/gateway/src', 'libs/config/src', 'libs/protocol/src', 'libs/rooms/src'];
/** An editor writes several files for one save. */
const SETTLE_MS = 100;

/** `npm run dev`: the gateway, rebuilt and restarted on save, and the web client's own server that reloads the page. */
export async function main() {
  if (process.env['NODE_ENV'] === 'production') {
    throw new ReadableError('npm run dev is for development only: it does not run with NODE_ENV=production.');
  }
  await refuseTakenPort(GATEWAY_PORT, '127.0.0.1', FREE_IT);
  await refuseTakenPort(WEB_PORT, '127.0.0.1', FREE_IT);
  await setUp();
  console.log(`The page will be at http://localhost:${WEB_PORT} (Ctrl-C stops everything).`);
  const web = launch(findNode24(), nxRun('web', 'serve'), { env: nodeEnvironment() });
  await Promise.race([web, keepGatewayRunning()]);
  if (!wasInterrupted()) throw new ReadableError('The web development server ended by itself.');
  await web;
  return 0;
}

/** Builds and runs the gateway, and again whenever one of its sources is saved, until an interrupt. */
async function keepGatewayRunning() {
  while (!wasInterrupted()) {
    const saved = untilSaved();
    const built = await run(findNode24(), nxRun('gateway', 'build'), {
      env: nodeEnvironment(),
      output: 'capture',
    });
    if (built.code !== 0) console.error(built.output);
    const gateway =
      built.code === 0
        ? launch(findNode24(), [gatewayBundle], { env: gatewayEnvironment(), signal: saved })
        : undefined;
    if (gateway) console.log('The gateway runs the newest sources.');
    await aborted(saved);
    await gateway;
  }
}

function gatewayEnvironment() {
  const origins = [WEB_PORT, GATEWAY_PORT].flatMap((each) => [
    `http://localhost:${each}`,
    `http://127.0.0.1:${each}`,
  ]);
  const defaults = {
    BYTECHAT_INTERNAL_PORT: '0',
    BYTECHAT_DRAIN_SECONDS: '0',
    BYTECHAT_ALLOWED_ORIGINS: origins.join(','),
  };
  return { ...defaults, ...process.env, BYTECHAT_PORT: String(GATEWAY_PORT) };
}

/** @returns {AbortSignal} aborted once a source of the gateway is saved */
function untilSaved() {
  const saved = new AbortController();
  const settle = () => setTimeout(() => saved.abort(), SETTLE_MS).unref();
  const watchers = GATEWAY_SOURCES.map((folder) =>
    watch(inRoot(folder), { recursive: true, persistent: false }, settle),
  );
  saved.signal.addEventListener('abort', () => watchers.forEach((watcher) => watcher.close()));
  return saved.signal;
}

/** @param {AbortSignal} signal */
function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', resolve);
  });
}
