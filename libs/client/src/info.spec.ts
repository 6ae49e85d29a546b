import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fetchRoomInfo } from './info.ts';

describe('what can be known before joining', () => {
  let server: Server;
  let asked: Promise<void>;

  beforeEach(async () => {
    asked = new Promise((resolve) => (server = createServer(() => resolve())));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    jest.restoreAllMocks();
    server.closeAllConnections();
    server.close();
  });

  it('is not waited for longer than five seconds', async () => {
    const time = new AbortController();
    const limits: number[] = [];
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      limits.push(ms);
      return time.signal;
    });
    const { port } = server.address() as AddressInfo;
    const info = fetchRoomInfo({ url: `http://127.0.0.1:${port}` }, new Uint8Array(16));
    await asked;
    time.abort();
    await expect(info).rejects.toMatchObject({ code: 'ERR_OFFLINE' });
    expect(limits).toEqual([5_000]);
  });
});
