import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..', '..');

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What `docker` said when it failed. */
export class DockerError extends Error {
  /**
   * @param {readonly string[]} args
   * @param {string} output everything it wrote
   * @param {boolean} timedOut
   */
  constructor(args, output, timedOut) {
    super(`docker ${args.join(' ')} ${timedOut ? 'took too long' : 'failed'}:\n${output.slice(-4_000)}`);
    this.output = output;
    this.timedOut = timedOut;
  }
}

/**
 * Runs the Docker client in the repository's root.
 *
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number, env?: Record<string, string> }} [options]
 * @returns {Promise<string>} its standard output, without the line break at the end
 * @throws {DockerError}
 */
export function docker(args, { timeoutMs = 60_000, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: root,
      timeout: timeoutMs,
      maxBuffer: MAX_OUTPUT_BYTES,
      env: { ...process.env, ...env },
    };
    execFile('docker', args, options, (error, stdout, stderr) => {
      if (error) reject(new DockerError(args, `${stdout}${stderr}`, error.killed === true));
      else resolve(stdout.trimEnd());
    });
  });
}
