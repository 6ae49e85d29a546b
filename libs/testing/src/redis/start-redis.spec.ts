import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { startRedis } from './redis-process.ts';

describe('a Redis for tests', () => {
  it('takes commands as soon as it has started, and is gone when stopped', async () => {
    const server = await startRedis();
    const client = new Redis(server.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    expect(await client.ping()).toBe('PONG');
    await server.stop();
    await expect(client.ping()).rejects.toThrow();
    expect(() => process.kill(server.pid, 0)).toThrow();
  });

  it('keeps what it acknowledged across a crash when it writes its log', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'bytechat-redis-'));
    const first = await startRedis({ directory, appendOnly: true });
    const before = new Redis(first.url, { retryStrategy: () => null });
    before.on('error', () => undefined);
    await before.set('key', 'value');
    await first.kill();
    const second = await startRedis({ directory, appendOnly: true, port: first.port });
    const after = new Redis(second.url);
    expect(await after.get('key')).toBe('value');
    after.disconnect();
    await second.stop();
    await rm(directory, { recursive: true });
  });

  it('says when it does not come up', async () => {
    await expect(startRedis({ settings: { 'no-such-setting': 'yes' } })).rejects.toThrow(
      'redis-server ended',
    );
  });
});
