import { createServer } from 'node:net';
import { ReadableError } from './readable-error.mjs';

const POLL_MS = 50;

/**
 * The public port that `BYTECHAT_PORT` names; 8080 when unset.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {number}
 * @throws {ReadableError}
 */
export function publicPort(env) {
  const given = env['BYTECHAT_PORT'] || '8080';
  const port = Number(given);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ReadableError(`BYTECHAT_PORT: expected a port number from 1 to 65535, got "${given}".`);
}

/**
 * @param {number} port
 * @param {string} host the address to be listened on
 * @param {string} advice what to do when it can't be
 * @throws {ReadableError} when something listens there already, or we may not
 */
export async function refuseTakenPort(port, host, advice) {
  const code = await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code));
    probe.listen({ port, host }, () => probe.close(() => resolve(undefined)));
  });
  if (code === 'EADDRINUSE') throw new ReadableError(`Port ${port} is in use. ${advice}`);
  if (code) throw new ReadableError(`Port ${port} can't be used (${code}). ${advice}`);
}

/**
 * Waits until `url` answers with a success.
 *
 * @param {string} url
 * @param {AbortSignal} signal ends the wait
 * @returns {Promise<boolean>} false when the signal came first
 */
export async function untilAnswers(url, signal) {
  while (!signal.aborted) {
    const response = await fetch(url, { signal }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}
