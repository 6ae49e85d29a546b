import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisProcess {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Ends it at once, as a crash would; `stop` is still to be called. */
  kill(): Promise<void>;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
}

export interface RedisOptions {
  /** Default: a free one. */
  port?: number;
  /** Keeps what it acknowledged across `kill`, in `directory`. Never synced: the machine is not to fail, too. */
  appendOnly?: boolean;
  /** Default: a new one, removed by `stop`. */
  directory?: string;
  /** Further settings, as on the command line without their dashes. */
  settings?: Readonly<Record<string, string>>;
}

const ATTEMPTS = 5;

/**
 * Starts a redis-server on loopback that writes nothing to disk unless asked. Resolves when it takes connections.
 * @throws when there is no redis-server, or when it doesn't come up.
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisProcess> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'bytechat-redis-')));
  const removeDirectory = async (): Promise<void> => {
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
  };
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      return await launch(port, directory, options, removeDirectory);
    } catch (error) {
      // Between the choice of a free port and its use another process may have taken it.
      if (attempt < ATTEMPTS && options.port === undefined) continue;
      await removeDirectory();
      throw error;
    }
  }
}

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function launch(
  port: number,
  directory: string,
  options: RedisOptions,
  removeDirectory: () => Promise<void>,
): Promise<RedisProcess> {
  const child = spawn('redis-server', argumentsOf(port, directory, options), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killOnExit = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killOnExit);
  await untilReady(child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    process.removeListener('exit', killOnExit);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid!,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      await removeDirectory();
    },
  };
}

function argumentsOf(
  port: number,
  directory: string,
  { appendOnly = false, settings = {} }: RedisOptions,
): string[] {
  const all = {
    port: String(port),
    bind: '127.0.0.1',
    dir: directory,
    save: '',
    appendonly: appendOnly ? 'yes' : 'no',
    // While a slow fsync runs, `everysec` puts writes off for up to 2 s and acknowledges them nevertheless.
    appendfsync: 'no',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
}

async function untilReady(child: ChildProcess): Promise<void> {
  const streams = [child.stdout, child.stderr];
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      reject(new Error(`redis-server ended with ${code}: ${output.slice(-500)}`)),
    );
    for (const stream of streams) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ready to accept connections')) resolve();
      });
    }
  });
  child.removeAllListeners('close');
  for (const stream of streams) stream?.removeAllListeners('data').resume();
}
