import { afterEach, expect, test } from '@jest/globals';
import { DEFAULT_STORE_LIMITS, MemoryRoomStore, type Appended } from '@bytechat/rooms';
import { Harness } from '../testing/harness.ts';
import { newRoom } from '../testing/person.ts';
import { found, sendRequest } from '../testing/story.ts';
import { upgradeStatus } from '../testing/upgrade.ts';

const harness = new Harness();
afterEach(() => harness.end());

const readyz = async (port: number): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: response.status, body: await response.json() };
};

test('a drain asks everybody to move within the window, lets nobody in and ends when all have gone', async () => {
  const gateway = await harness.gateway({ drainSeconds: 5 });
  const clients = await Promise.all(Array.from({ length: 8 }, () => harness.client(gateway)));
  expect(await readyz(gateway.internalPort)).toEqual({ status: 200, body: { ready: true, reasons: [] } });

  const drained = gateway.drain();
  const notices = await Promise.all(clients.map((client) => client.next('server_notice')));
  expect(notices.every(({ code }) => code === 'DRAINING')).toBe(true);
  const delays = notices.map(({ retryAfterMs }) => retryAfterMs ?? -1);
  expect(delays.every((delay) => delay >= 0 && delay < 5_000)).toBe(true);
  expect(new Set(delays).size).toBeGreaterThan(1);

  expect(await readyz(gateway.internalPort)).toEqual({
    status: 503,
    body: { ready: false, reasons: ['draining'] },
  });
  await expect(upgradeStatus(gateway.port, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  for (const client of clients) client.close();
  await drained;
});

test('an acknowledgement that is due is still sent, and who has not moved is disconnected then', async () => {
  let release: () => void = () => undefined;
  class SlowStore extends MemoryRoomStore {
    override async append(...input: Parameters<MemoryRoomStore['append']>): Promise<Appended> {
      await new Promise<void>((resolve) => (release = resolve));
      return super.append(...input);
    }
  }
  const store = new SlowStore({ limits: DEFAULT_STORE_LIMITS });
  const gateway = await harness.gateway({ drainSeconds: 0 }, { store });
  const client = await harness.client(gateway);
  await found(client, newRoom());
  const answer = client.emit('send_message', sendRequest(0));
  await client.emit('nothing', {});
  const drained = gateway.drain();
  await client.next('server_notice');
  expect(client.socket.connected).toBe(true);
  release();
  expect(await answer).toMatchObject({ ok: true, seq: 1 });
  await client.gone();
  await drained;
});
