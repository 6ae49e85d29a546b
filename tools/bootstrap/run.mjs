import { spawn } from 'node:child_process';
import { root } from './paths.mjs';
import { Interrupted, ReadableError } from './readable-error.mjs';

/**
 * @typedef {object} Options
 * @property {NodeJS.ProcessEnv} [env] the child's whole environment; ours when left out
 * @property {string} [cwd] the repository's root when left out
 * @property {'inherit' | 'capture'} [output] where its output goes; 'inherit' when left out
 * @property {number} [timeoutMs] its whole process group is killed after this time
 * @property {AbortSignal} [signal] ends it with SIGTERM
 *
 * @typedef {object} Ended
 * @property {number} code the exit code; 1 when a signal ended it
 * @property {string} output what it wrote, when captured
 * @property {boolean} timedOut
 */

const PARENT_CHECK_MS = 500;
/** Ctrl-C reaches us from the terminal and once more through npm: within this time that is one interrupt. */
const SAME_INTERRUPT_MS = 1_000;
const ownGroup = process.platform !== 'win32';
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let interrupts = 0;
let lastInterruptAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
process.on('exit', () => running.forEach((child) => signalGroup(child, 'SIGTERM')));
if (process.env['npm_lifecycle_event']) watchParent(process.ppid);

/** Whether somebody asked us to stop (Ctrl-C, SIGTERM, a closed terminal). */
export function wasInterrupted() {
  return interrupts > 0;
}

/**
 * Runs a command to its end, without a shell and without input. Every child leads a process group of its own, so that
 * an interrupt reaches all of it exactly once: the first as SIGTERM, any further one as SIGKILL.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Ended>}
 */
export function launch(command, args, options = {}) {
  const output = options.output ?? 'inherit';
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: output === 'capture' ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    detached: ownGroup,
  });
  running.add(child);
  return new Promise((resolve, reject) => {
    let text = '';
    let timedOut = false;
    const collect = (/** @type {string} */ chunk) => (text += chunk);
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    const timer =
      options.timeoutMs && setTimeout(() => (timedOut = signalGroup(child, 'SIGKILL')), options.timeoutMs);
    const stop = () => signalGroup(child, 'SIGTERM');
    if (options.signal?.aborted) stop();
    options.signal?.addEventListener('abort', stop);
    const settle = () => {
      if (timer) clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      running.delete(child);
    };
    child.on('error', (error) => {
      settle();
      reject(new ReadableError(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code) => {
      settle();
      resolve({ code: code ?? 1, output: text, timedOut });
    });
  });
}

/**
 * As `launch`, for a step that must end by itself: an interrupt meanwhile ends the whole command.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Ended>}
 * @throws {Interrupted}
 */
export async function run(command, args, options) {
  if (wasInterrupted()) throw new Interrupted();
  const ended = await launch(command, args, options);
  if (wasInterrupted()) throw new Interrupted();
  return ended;
}

/**
 * npm runs some scripts through a shell and passes a signal to that shell only: that it is gone is all we get to see.
 *
 * @param {number} parent
 */
function watchParent(parent) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    interrupt();
  }, PARENT_CHECK_MS);
  timer.unref();
}

function interrupt() {
  if (Date.now() - lastInterruptAt < SAME_INTERRUPT_MS) return;
  lastInterruptAt = Date.now();
  interrupts += 1;
  if (running.size === 0) process.exit(130);
  for (const child of running) signalGroup(child, interrupts === 1 ? 'SIGTERM' : 'SIGKILL');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @returns {true}
 */
function signalGroup(child, signal) {
  if (!child.pid) return true;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
  return true;
}
