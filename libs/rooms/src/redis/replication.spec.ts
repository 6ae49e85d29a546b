import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { codeOf, Scene, type Person } from '@bytechat/testing/rooms';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { AppendMessage, Appended } from '../room-store.ts';
import { DEFAULT_STORE_LIMITS } from '../store-settings.ts';
import { RedisRoomStore } from './redis-room-store.ts';
import { readScripts } from './script-sources.ts';

/** A master with one replica, which must have what is acknowledged (ADR 0014). */

const limits = { ...DEFAULT_STORE_LIMITS, messageBurst: 10_000 };

let master: RedisProcess;
let replica: RedisProcess;
let clients: Redis[];
let client: Redis;
let scene: Scene;
let anna: Person;

beforeEach(async () => {
  [master, replica] = await Promise.all([
    startRedis({ settings: { 'repl-diskless-sync-delay': '0' } }),
    startRedis(),
  ]);
  clients = [];
  client = connect(master);
  const toReplica = connect(replica);
  await toReplica.replicaof('127.0.0.1', master.port);
  await client.set('marker', 'written', 'EX', 60);
  while ((await client.wait(1, 1_000)) < 1);
  for (const { source } of Object.values(readScripts())) await client.script('LOAD', source);
  scene = new Scene();
  anna = await scene.open(storeWaiting(5_000));
});

afterEach(async () => {
  process.kill(replica.pid, 'SIGCONT');
  for (const each of clients) each.disconnect();
  await Promise.all([master.stop(), replica.stop()]);
});

function connect({ url }: RedisProcess): Redis {
  const connection = new Redis(url, { retryStrategy: () => 20 });
  connection.on('error', () => undefined);
  clients.push(connection);
  return connection;
}

/** A pod's store that waits so long for the replica. */
function storeWaiting(timeoutMs: number): RedisRoomStore {
  const writer = new Redis(master.url, { autoResendUnfulfilledCommands: false });
  writer.on('error', () => undefined);
  clients.push(writer);
  return new RedisRoomStore({ client, limits, replication: { client: writer, replicas: 1, timeoutMs } });
}

const freeze = (): boolean => process.kill(replica.pid, 'SIGSTOP');
const thaw = (): boolean => process.kill(replica.pid, 'SIGCONT');

/** What a client does: the same again until it is taken. */
async function untilTaken(store: RedisRoomStore, message: AppendMessage): Promise<Appended> {
  for (;;) {
    const answer = await store.append(message).catch((error: unknown) => error as { code: string });
    if (!('code' in answer)) return answer;
    expect(['ERR_BUSY', 'ERR_INDETERMINATE']).toContain(answer.code);
  }
}

const storedSeqs = async (store: RedisRoomStore): Promise<number[]> => {
  const from = { generation: scene.generation, seq: 0 };
  const page = await store.read({ rid: scene.rid, mid: anna.mid, from, maxBytes: 1e6 });
  return page.recovered ? page.items.map(({ seq }) => seq) : [];
};

async function waitCalls(): Promise<number> {
  return Number(/cmdstat_wait:calls=(\d+)/.exec(await client.info('commandstats'))?.[1] ?? 0);
}

describe('with a replica that keeps up', () => {
  test('what is acknowledged is there when the master is gone', async () => {
    const store = storeWaiting(5_000);
    const messages = Array.from({ length: 50 }, () => scene.message(anna));
    const stored = await Promise.all(messages.map((message) => store.append(message)));
    await master.kill();
    const heir = connect(replica);
    await heir.replicaof('NO', 'ONE');
    const after = new RedisRoomStore({ client: heir, limits });
    expect(await storedSeqs(after)).toEqual(stored.map(({ seq }) => seq).sort((a, b) => a - b));
  });

  test('writes that come together are waited for together, and each gets its own answer', async () => {
    const store = storeWaiting(5_000);
    const before = await waitCalls();
    const good = Array.from({ length: 100 }, () => scene.message(anna));
    const late = Array.from({ length: 100 }, () => scene.message(anna, { epoch: 9 }));
    const [answers, codes] = await Promise.all([
      Promise.all(good.map((message) => store.append(message))),
      Promise.all(late.map((message) => codeOf(store.append(message)))),
    ]);
    expect(new Set(answers.map(({ seq }) => seq)).size).toBe(100);
    expect(new Set(codes)).toEqual(new Set(['ERR_EPOCH_STALE']));
    expect((await waitCalls()) - before).toBeLessThan(10);
  });

  test('scripts that Redis has forgotten are told it again', async () => {
    const store = storeWaiting(5_000);
    await client.script('FLUSH');
    expect(await store.append(scene.message(anna))).toMatchObject({ seq: 1 });
  });
});

describe('with a replica that stands still', () => {
  it('says of a message that nobody knows, and of the same one again what it would have said', async () => {
    const store = storeWaiting(100);
    const message = scene.message(anna);
    freeze();
    expect(await codeOf(store.append(message))).toBe('ERR_INDETERMINATE');
    expect(await storedSeqs(store)).toEqual([1]);
    thaw();
    // The others have not heard of it, so the first answer that says so is news, and the next one isn't.
    expect(await untilTaken(store, message)).toMatchObject({ seq: 1, fresh: true });
    expect(await store.append(message)).toMatchObject({ seq: 1, fresh: false });
    expect(await storedSeqs(store)).toEqual([1]);
  });

  it('costs those who come together one time-out, and those after them none', async () => {
    const store = storeWaiting(100);
    freeze();
    const before = await waitCalls();
    const first = codeOf(store.append(scene.message(anna)));
    const behind = Array.from({ length: 50 }, () => codeOf(store.append(scene.message(anna))));
    expect(await first).toBe('ERR_INDETERMINATE');
    expect(new Set(await Promise.all(behind))).toEqual(new Set(['ERR_BUSY']));
    expect(await codeOf(store.append(scene.message(anna)))).toBe('ERR_BUSY');
    expect((await waitCalls()) - before).toBe(1);
    expect(await storedSeqs(store)).toEqual([1]);
  });

  it('holds up neither what is read nor who is present', async () => {
    const store = storeWaiting(30_000);
    freeze();
    const written = store.append(scene.message(anna));
    while ((await storedSeqs(store)).length === 0);
    const beat = { mid: anna.mid, connection: anna.connection, acted: true };
    expect(await store.heartbeat(scene.rid, [beat])).toMatchObject([{ state: 'present' }]);
    expect(await store.state(scene.rid)).toMatchObject({ members: 1 });
    thaw();
    expect(await written).toMatchObject({ seq: 1 });
  });

  it('lets a refusal be a refusal: nothing was stored', async () => {
    const store = storeWaiting(100);
    freeze();
    expect(await codeOf(store.append(scene.message(anna, { epoch: 4 })))).toBe('ERR_EPOCH_STALE');
  });

  it('says of a commit that nobody knows, and of the same one again what came of it', async () => {
    const store = storeWaiting(100);
    const commit = scene.commitOf(anna);
    freeze();
    expect(await codeOf(store.commitEpoch(commit))).toBe('ERR_INDETERMINATE');
    thaw();
    const again = storeWaiting(5_000);
    expect(await again.commitEpoch(commit)).toMatchObject({ seq: 1, epoch: 1, fresh: false });
  });
});

test('with a replica that is gone nothing is acknowledged, and with another one everything is again', async () => {
  const store = storeWaiting(100);
  await replica.kill();
  const message = scene.message(anna);
  expect(await codeOf(store.append(message))).toBe('ERR_INDETERMINATE');
  replica = await startRedis({ settings: { replicaof: `127.0.0.1 ${master.port}` } });
  expect(await untilTaken(store, message)).toMatchObject({ seq: 1 });
}, 20_000);

test('a connection that is cut while the replica is waited for acknowledges nothing', async () => {
  const store = storeWaiting(30_000);
  freeze();
  const written = store.append(scene.message(anna)).then(
    () => 'acknowledged',
    () => 'failed',
  );
  while ((await storedSeqs(store)).length === 0);
  const connections = String(await client.call('CLIENT', 'LIST')).split('\n');
  const waiting = connections.find((line) => line.includes(' flags=b '));
  await client.call('CLIENT', 'KILL', 'ID', /id=(\d+)/.exec(waiting ?? '')?.[1] ?? '');
  expect(await written).toBe('failed');
});
