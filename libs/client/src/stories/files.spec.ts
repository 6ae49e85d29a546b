import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';
import type { BlobPut } from '@bytechat/protocol';
import type { ChatMessage, FileToSend, Transfer } from '../api.ts';

const CHUNK = 32 * 1024;

type Pair = [Participant, Participant];

async function pair(options = {}): Promise<{ world: World; anna: Participant; ben: Participant }> {
  const world = new World();
  const { people } = await world.room(1, options);
  const [anna, ben] = people as Pair;
  return { world, anna, ben };
}

const bytesOf = (size: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 9)) & 0xff);

const file = (size: number, change: Partial<FileToSend> = {}): FileToSend => ({
  data: bytesOf(size),
  name: 'plans.pdf',
  mediaType: 'application/pdf',
  ...change,
});

const fileOf = (person: Participant): ChatMessage | undefined =>
  person.messages.find(({ attachment }) => attachment !== undefined);

const transfersOf = ({ events }: Participant): Transfer[] =>
  events.flatMap((event) => (event.type === 'transfer' ? [event.transfer] : []));

/** Which chunks have reached the server, in their order. */
const putsOf = ({ gateway }: World): number[] =>
  gateway.seen.flatMap((frame) => (isPut(frame) ? [frame.i] : []));

const isPut = (frame: unknown): frame is BlobPut =>
  typeof frame === 'object' && frame !== null && 'fileId' in frame && 'bytes' in frame;

async function arrival(world: World, person: Participant): Promise<ChatMessage> {
  await world.until(() => fileOf(person) !== undefined, 'the file is seen');
  return fileOf(person)!;
}

describe('a file', () => {
  it('is shown to everybody, and is the same to whoever fetches it', async () => {
    const { world, anna, ben } = await pair();
    const preview = bytesOf(900);
    await anna.client.attach(file(5 * CHUNK + 9, { preview, width: 640, height: 480 }));
    const { id, name, attachment } = await arrival(world, ben);
    expect(name).toBe(anna.self.name);
    expect(attachment).toEqual({
      ...{ name: 'plans.pdf', mediaType: 'application/pdf', size: 5 * CHUNK + 9 },
      ...{ width: 640, height: 480, preview },
    });
    const fetched = await world.settled(ben.client.download(id));
    expect(Buffer.from(fetched).equals(bytesOf(5 * CHUNK + 9))).toBe(true);
    const own = await world.settled(anna.client.download(fileOf(anna)!.id));
    expect(Buffer.from(own).equals(bytesOf(5 * CHUNK + 9))).toBe(true);
    expect(fileOf(anna)!.state).toMatch(/sent|delivered/);
  });

  it('shows how far it is, and its message goes out only when the server has all of it', async () => {
    const { world, anna, ben } = await pair();
    const release = world.gateway.faults.holdNext('blob_put');
    const { state } = await anna.client.attach(file(3 * CHUNK));
    expect(state).toBe('sending');
    await world.pass(1_000);
    expect(fileOf(ben)).toBeUndefined();
    release();
    const { id } = await arrival(world, ben);
    const ups = transfersOf(anna).map(({ done, total }) => `${done}/${total}`);
    expect(ups).toEqual(['0/3', '1/3', '2/3', '3/3']);
    await world.settled(ben.client.download(id));
    expect(transfersOf(ben).map(({ direction, done }) => `${direction} ${done}`)).toEqual([
      'down 1',
      'down 2',
      'down 3',
    ]);
  });

  it('goes on at the first missing chunk when the connection breaks', async () => {
    const { world, anna, ben } = await pair();
    const connection = world.gateway.connectionOf(anna.self.mid);
    let puts = 0;
    const stop = world.gateway.faults.requests((_connection, event) => {
      if (event === 'blob_put' && ++puts === 4) connection.cut();
      return undefined;
    });
    await anna.client.attach(file(8 * CHUNK));
    await arrival(world, ben);
    stop();
    const order = putsOf(world);
    expect(order.filter((i) => i < 3)).toEqual([0, 1, 2]);
    expect(order.at(-1)).toBe(7);
    expect(order.length).toBeLessThanOrEqual(9);
  });

  it('waits for the connection when there is none, and goes then', async () => {
    const { world, anna, ben } = await pair();
    world.gateway.faults.setUnreachable(true);
    world.gateway.connectionOf(anna.self.mid).cut();
    await world.pass(100);
    await anna.client.attach(file(2 * CHUNK));
    await world.pass(3_000);
    expect(fileOf(anna)!.state).toBe('sending');
    world.gateway.faults.setUnreachable(false);
    await arrival(world, ben);
  });

  it('waits as long as the server says that it is too fast', async () => {
    const { world, anna, ben } = await pair();
    const refusal = { code: 'ERR_RATE', message: 'Too fast.', retryAfterMs: 5_000 } as const;
    world.gateway.faults.refuseNext('blob_put', refusal);
    const before = world.clock.now();
    await anna.client.attach(file(CHUNK));
    await arrival(world, ben);
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(5_000);
  });

  it('can be cancelled on its way: nobody hears of it', async () => {
    const { world, anna, ben } = await pair();
    const release = world.gateway.faults.holdNext('blob_put');
    const { id } = await anna.client.attach(file(4 * CHUNK));
    await world.pass(500);
    await anna.client.discard(id);
    release();
    await world.pass(5_000);
    expect([fileOf(anna), fileOf(ben)]).toEqual([undefined, undefined]);
    expect(putsOf(world)).toEqual([0]);
  });

  it('that finds no space is failed, and goes when it is tried again', async () => {
    const { world, anna, ben } = await pair();
    world.gateway.faults.refuseNext('blob_put', { code: 'ERR_BLOB_FULL', message: 'Full.' });
    const { id } = await anna.client.attach(file(2 * CHUNK));
    await world.until(() => fileOf(anna)!.state === 'failed', 'it is failed');
    expect(fileOf(anna)!.error).toBe('ERR_BLOB_FULL');
    await anna.client.retry(id);
    expect(fileOf(anna)!.state).toBe('sending');
    await arrival(world, ben);
  });

  it('larger than this server takes is failed, and can be taken away', async () => {
    const { world, anna } = await pair();
    const { id } = await anna.client.attach(file(5 * 1024 * 1024 + 1));
    await world.until(() => fileOf(anna)!.state === 'failed', 'it is failed');
    expect(fileOf(anna)!.error).toBe('ERR_BLOB_TOO_LARGE');
    await anna.client.discard(id);
    expect(fileOf(anna)).toBeUndefined();
  });

  it.each([
    ['nothing in it', 0, 'ERR_FILE_EMPTY'],
    ['more than 25 MB', 25 * 1024 * 1024 + 1, 'ERR_BLOB_TOO_LARGE'],
  ])('with %s is refused at once', async (_, size, code) => {
    const { anna } = await pair();
    await expect(anna.client.attach(file(1, { data: new Uint8Array(size) }))).rejects.toMatchObject({ code });
    await expect(
      anna.client.attach(file(1, { data: new Blob([new Uint8Array(size)]) })),
    ).rejects.toMatchObject({
      code,
    });
    expect(fileOf(anna)).toBeUndefined();
  });

  it('bears a name and a type that can do no harm, with its sender and with everybody', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.attach(file(10, { name: '../../x\u202Etxt.exe', mediaType: 'text/html; charset=x' }));
    const expected = { name: 'xtxt.exe', mediaType: 'text/html', size: 10 };
    expect((await arrival(world, ben)).attachment).toEqual(expected);
    expect(fileOf(anna)!.attachment).toEqual(expected);
  });

  it('is gone with its message: nobody can fetch it any more', async () => {
    const { world, anna, ben } = await pair({ ttlSeconds: 60 });
    await anna.client.attach(file(CHUNK));
    const { id } = await arrival(world, ben);
    await world.until(() => fileOf(ben) === undefined, 'the message has expired');
    await expect(ben.client.download(id)).rejects.toMatchObject({ code: 'ERR_MESSAGE_GONE' });
    await world.pass(2_000);
    await world.gateway.store.sweep();
    expect(world.gateway.store.blobBytes()).toBe(0);
  });

  it('that is taken back shows nothing, and its key is forgotten', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.attach(file(CHUNK));
    const { id } = await arrival(world, ben);
    await world.until(() => fileOf(anna)!.state !== 'sending', 'it is sent');
    await expect(anna.client.edit(fileOf(anna)!.id, 'words')).rejects.toMatchObject({ code: 'ERR_POLICY' });
    await anna.client.remove(fileOf(anna)!.id);
    await world.until(() => ben.messages.some(({ deleted }) => deleted), 'ben sees that it was taken back');
    expect([fileOf(anna), fileOf(ben)]).toEqual([undefined, undefined]);
    await expect(ben.client.download(id)).rejects.toMatchObject({ code: 'ERR_MESSAGE_GONE' });
  });

  it('reaches those who come later, as long as it lives', async () => {
    const world = new World();
    const { invitation, people } = await world.room(1);
    await people[0]!.client.attach(file(2 * CHUNK));
    await arrival(world, people[1]!);
    const late = await world.joins(invitation);
    const { id } = await arrival(world, late);
    expect(Buffer.from(await world.settled(late.client.download(id))).equals(bytesOf(2 * CHUNK))).toBe(true);
  });
});

describe('fetching a file', () => {
  it('goes on over a broken connection', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.attach(file(6 * CHUNK));
    const { id } = await arrival(world, ben);
    const connection = world.gateway.connectionOf(ben.self.mid);
    let gets = 0;
    world.gateway.faults.requests((_connection, event) => {
      if (event === 'blob_get' && ++gets === 3) connection.cut();
      return undefined;
    });
    expect(await world.settled(ben.client.download(id))).toHaveLength(6 * CHUNK);
    // What was under way with the third chunk is asked for again, what came before is not.
    expect(gets).toBeGreaterThan(6);
    expect(gets).toBeLessThanOrEqual(9);
  });

  it('can be cancelled, and begun anew', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.attach(file(3 * CHUNK));
    const { id } = await arrival(world, ben);
    const release = world.gateway.faults.holdNext('blob_get');
    const first = ben.client.download(id);
    await world.pass(100);
    await ben.client.cancelDownload(id);
    release();
    await expect(world.settled(first)).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
    expect(await world.settled(ben.client.download(id))).toHaveLength(3 * CHUNK);
  });

  it('is done once for all who ask at the same time, each with bytes of its own', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.attach(file(2 * CHUNK));
    const { id } = await arrival(world, ben);
    const both = await world.settled(Promise.all([ben.client.download(id), ben.client.download(id)]));
    expect(both[0]).toEqual(both[1]);
    expect(both[0].buffer).not.toBe(both[1].buffer);
    expect(transfersOf(ben)).toHaveLength(2);
  });

  it('tells that the file is gone when the server has lost it', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.attach(file(CHUNK));
    const { id } = await arrival(world, ben);
    world.gateway.faults.refuseNext('blob_get', { code: 'ERR_BLOB_NOT_FOUND', message: 'Gone.' });
    await expect(world.settled(ben.client.download(id))).rejects.toMatchObject({
      code: 'ERR_BLOB_NOT_FOUND',
    });
  });
});
