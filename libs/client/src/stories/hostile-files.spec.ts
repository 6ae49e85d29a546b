import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';
import type { BlobGet, Bytes, ServerToClient } from '@bytechat/protocol';

/** What a server can do to files, and what it can't: claim 26 of PROTOCOL §8. */

const CHUNK = 32 * 1024;
const SEALED = CHUNK + 16;

const data = (fill: number, chunks: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: chunks * CHUNK }, (_, i) => (i + fill) & 0xff);

const send = (person: Participant, name: string, fill: number, chunks = 3): Promise<unknown> =>
  person.client.attach({ data: data(fill, chunks), name, mediaType: 'application/pdf' });

const idOf = (person: Participant, name: string): string =>
  person.messages.find(({ attachment }) => attachment?.name === name)?.id ?? '';

/** Anna has sent two files; ben has seen both and fetched neither. */
async function twoFiles(): Promise<{ world: World; anna: Participant; ben: Participant; id: string }> {
  const world = new World();
  const { people } = await world.room(1);
  const [anna, ben] = people as [Participant, Participant];
  await send(anna, 'one.pdf', 1);
  await world.until(() => idOf(ben, 'one.pdf') !== '', 'ben sees the first');
  await send(anna, 'two.pdf', 2);
  await world.until(() => idOf(ben, 'two.pdf') !== '', 'ben sees the second');
  return { world, anna, ben, id: idOf(ben, 'one.pdf') };
}

async function isRefused(
  lie: (faults: World['gateway']['faults'], files: Bytes[]) => void,
  { world, ben, id }: Awaited<ReturnType<typeof twoFiles>>,
): Promise<void> {
  lie(world.gateway.faults, fileIdsOf(world));
  await expect(world.settled(ben.client.download(id))).rejects.toMatchObject({ code: 'ERR_FILE_DAMAGED' });
  world.gateway.faults.swapChunks((request) => request);
  world.gateway.faults.changeChunks((_request, bytes) => bytes);
  expect(await world.settled(ben.client.download(id))).toEqual(data(1, 3));
}

/** As the server knows them, in the order of their first chunks. */
function fileIdsOf({ gateway }: World): Bytes[] {
  const puts = gateway.seen.filter(
    (frame): frame is BlobGet => typeof frame === 'object' && frame !== null && 'fileId' in frame,
  );
  return [...new Map(puts.map(({ fileId }) => [Buffer.from(fileId).toString('hex'), fileId])).values()];
}

describe('claim 26: a server that lies about a file', () => {
  it('claim 26: is found out when it changes one bit of one chunk', async () => {
    await isRefused(
      (faults) =>
        faults.changeChunks(({ i }, bytes) =>
          i === 2 ? bytes.map((b, at) => (at === 500 ? b ^ 4 : b)) : bytes,
        ),
      await twoFiles(),
    );
  });

  it('claim 26: is found out when it gives a chunk of another file', async () => {
    await isRefused(
      (faults, [, other]) =>
        faults.swapChunks((request) => (request.i === 1 ? { ...request, fileId: other! } : request)),
      await twoFiles(),
    );
  });

  it('claim 26: is found out when it gives another file altogether', async () => {
    await isRefused(
      (faults, [, other]) => faults.swapChunks(({ i }) => ({ i, fileId: other! })),
      await twoFiles(),
    );
  });

  it('claim 26: is found out when chunks change places, or one comes twice', async () => {
    const files = await twoFiles();
    await isRefused((faults) => faults.swapChunks(({ fileId, i }) => ({ fileId, i: [1, 0, 2][i]! })), files);
    await isRefused((faults) => faults.swapChunks(({ fileId }) => ({ fileId, i: 0 })), files);
  });

  it('claim 26: is found out when it cuts the end off', async () => {
    const files = await twoFiles();
    await isRefused(
      (faults) => faults.changeChunks(({ i }, bytes) => (i === 2 ? bytes.slice(0, SEALED - 1) : bytes)),
      files,
    );
    await isRefused((faults) => faults.changeChunks((_request, bytes) => bytes.slice(0, 20)), files);
  });

  it('claim 26: is found out when it gives more than there is', async () => {
    await isRefused(
      (faults) => faults.changeChunks((_request, bytes) => new Uint8Array([...bytes, 0])),
      await twoFiles(),
    );
  });

  it('claim 26: is found out when it gives a file of another room', async () => {
    const [files, elsewhere] = [await twoFiles(), await twoFiles()];
    const theirs: Bytes[] = [];
    elsewhere.world.gateway.faults.changeChunks((_request, bytes) => {
      theirs.push(Uint8Array.from(bytes));
      return bytes;
    });
    await elsewhere.world.settled(elsewhere.ben.client.download(elsewhere.id));
    await isRefused((faults) => faults.changeChunks(({ i }) => theirs[i]!), files);
  });

  it('claim 26: can not give a file to another member, nor send it once more', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna, ben] = people as [Participant, Participant];
    const hints: ServerToClient['new_message'][] = [];
    world.gateway.faults.hints((_connection, { name, payload }) => {
      if (name === 'new_message') hints.push(payload);
      return undefined;
    });
    await send(anna, 'one.pdf', 1);
    await world.until(() => idOf(ben, 'one.pdf') !== '', 'ben sees it');
    const last = hints.at(-1)!;
    const toBen = world.gateway.connectionOf(ben.self.mid);
    toBen.emit({ name: 'new_message', payload: { ...last, seq: last.seq + 1 } });
    await world.until(() => ben.told('unreadable'), 'the repetition is refused');
    // Whose it is stands behind a mask in these bytes, under the same authentication as the rest.
    const env = Uint8Array.from(last.env);
    env[9]! ^= 1;
    toBen.emit({ name: 'new_message', payload: { ...last, seq: last.seq + 2, env } });
    await world.until(
      () => ben.lines.filter(({ kind }) => kind === 'unreadable').length === 2,
      'this one too',
    );
    expect(ben.messages.filter(({ attachment }) => attachment)).toHaveLength(1);
    expect(ben.messages[0]!.mid).toBe(anna.self.mid);
  });

  it('claim 26: gets no message of a file that was on its way when it was found to lie', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna, ben] = people as [Participant, Participant];
    const toBen = world.gateway.connectionOf(ben.self.mid);
    let changed = false;
    world.gateway.faults.hints((connection, { name, payload }) => {
      if (connection !== toBen || name !== 'new_message' || changed) return undefined;
      changed = true;
      const env = Uint8Array.from(payload.env);
      env[40]! ^= 1;
      queueMicrotask(() => toBen.emit({ name, payload: { ...payload, env } }));
      return 0;
    });
    const release = world.gateway.faults.holdNext('blob_put');
    await send(anna, 'one.pdf', 1);
    await anna.send('the truth');
    await world.until(() => ben.told('unreadable'), 'ben gets something else');
    await ben.send('what did you say?');
    await world.until(() => anna.alarms.includes('FORK'), 'anna is alarmed');
    release();
    await world.until(() => anna.messages.some(({ error }) => error === 'ERR_FORK'), 'the file is not sent');
    expect(idOf(ben, 'one.pdf')).toBe('');
  });

  it('claim 26: learns neither name, type, preview nor bytes of a file', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const canary = 'a canary that is written in clear';
    const text = new TextEncoder().encode(canary);
    await people[0]!.client.attach({
      ...{ data: text, name: `${canary}.txt`, mediaType: 'text/canary-type', preview: text },
    });
    await world.until(() => people[1]!.messages.length === 1, 'ben sees it');
    await world.settled(people[1]!.client.download(people[1]!.messages[0]!.id));
    const frames = world.gateway.seen.map((frame) =>
      bytesIn(frame).map((b) => Buffer.from(b).toString('latin1')),
    );
    expect(frames.flat().filter((frame) => frame.includes('canary'))).toEqual([]);
  });
});

function bytesIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(bytesIn);
  return [];
}
