import { build, gatewayBundle, webRoot } from './build.mjs';
import { findNode24 } from './node24.mjs';
import { publicPort, refuseTakenPort, untilAnswers } from './port.mjs';
import { ReadableError } from './readable-error.mjs';
import { launch, wasInterrupted } from './run.mjs';
import { setUp } from './set-up.mjs';

const MOVE_IT = 'Free it, or choose another: BYTECHAT_PORT=8081 npm start';

/** `npm start`: sets up, builds, and runs one gateway that also serves the web client, until it is interrupted. */
export async function main() {
  const port = publicPort(process.env);
  await refuseTakenPort(port, process.env['BYTECHAT_HOST'] || '127.0.0.1', MOVE_IT);
  await setUp();
  await build();
  return runGateway(port);
}

/**
 * @param {number} port
 * @returns {Promise<number>} the exit code: 0 after an interrupt that ended it cleanly
 */
async function runGateway(port) {
  const gone = new AbortController();
  const gateway = launch(findNode24(), [gatewayBundle], { env: gatewayEnvironment(port) }).finally(() =>
    gone.abort(),
  );
  if (await untilAnswers(`http://${reachableHost()}:${port}/`, gone.signal)) announce(port);
  const { code } = await gateway;
  if (wasInterrupted()) return 0;
  throw new ReadableError(`The gateway ended by itself (exit code ${code}).`);
}

/**
 * What is set already wins. Nobody else is there to move to, so there is nothing to drain for.
 *
 * @param {number} port
 */
function gatewayEnvironment(port) {
  const defaults = {
    BYTECHAT_INTERNAL_PORT: '0',
    BYTECHAT_WEB_ROOT: webRoot,
    BYTECHAT_DRAIN_SECONDS: '0',
    BYTECHAT_LOG_LEVEL: 'warn',
  };
  return { ...defaults, ...process.env, BYTECHAT_PORT: String(port) };
}

function reachableHost() {
  const host = process.env['BYTECHAT_HOST'];
  if (!host || host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** @param {number} port */
function announce(port) {
  console.log(`\nByteChat is at http://localhost:${port} (Ctrl-C stops it)`);
  if (process.env['BYTECHAT_REDIS_URL'])
    return console.log('Rooms live in Redis; other gateways with the same Redis share them.\n');
  console.log(
    'Embedded mode: one process holds every room in its own memory; stopping it ends all rooms and messages.',
  );
  console.log(
    'For several processes, share a Redis: set BYTECHAT_REDIS_URL and BYTECHAT_SECRET_KEY, or docker compose up.\n',
  );
}
