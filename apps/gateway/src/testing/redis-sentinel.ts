import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MASTER_NAME = 'main';

export interface SentinelOptions {
  /** How many sentinels must agree that the master is down. */
  quorum?: number;
  downAfterMs?: number;
  /** How many replicas it knows of before it counts as started. */
  replicas?: number;
}

/** Starts one sentinel on loopback. Resolves when it knows the master and its replicas. */
export async function startSentinel(
  port: number,
  masterPort: number,
  { quorum = 1, downAfterMs = 1_500, replicas = 1 }: SentinelOptions = {},
): Promise<{ stop(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'bytechat-sentinel-'));
  const path = join(directory, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${directory}`,
    `sentinel monitor ${MASTER_NAME} 127.0.0.1 ${masterPort} ${quorum}`,
    `sentinel down-after-milliseconds ${MASTER_NAME} ${downAfterMs}`,
    `sentinel failover-timeout ${MASTER_NAME} 5000`,
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  const child = spawn('redis-server', [path, '--sentinel'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const killOnExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  await new Promise<void>((resolve) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('+slave ').length > replicas) resolve();
    });
  });
  return {
    stop: async () => {
      process.removeListener('exit', killOnExit);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
