import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from './harness/eventually.ts';
import { Guest } from './harness/guest.ts';
import { inContainers } from './harness/in-containers.ts';
import { Stack } from './harness/stack.ts';

interface Room {
  code: string;
  ada: Guest;
  ben: Guest;
}

/** A room with two members in it who have talked. */
async function roomOfTwo(origin: string): Promise<Room> {
  const { guest: ada, code } = await Guest.creates(origin);
  const ben = await Guest.joins(origin, code);
  await ada.says('before');
  await ben.hears('before');
  return { code, ada, ben };
}

/** The room is where it was: its two talk on in it, both ways, a third one comes in, and nothing was said twice. */
async function goesOn(origin: string, { code, ada, ben }: Room): Promise<void> {
  await ada.says('after');
  await ben.hears('before', 'after');
  await ben.says('and back');
  await ada.hears('and back');
  const cleo = await eventually(
    () => Guest.joins(origin, code),
    () => true,
  );
  await cleo.says('hello');
  await Promise.all([ada.hears('hello'), ben.hears('hello')]);
  for (const guest of [ada, ben])
    expect([...guest.texts].sort()).toEqual(['after', 'and back', 'before', 'hello']);
}

inContainers('docker compose up with Sentinel', () => {
  let stack: Stack;

  const askSentinel = (...question: string[]) =>
    stack.run('sentinel-1', 'redis-cli', '-p', '26379', 'sentinel', ...question);
  const master = async () => (await askSentinel('get-master-addr-by-name', 'bytechat')).split('\n')[0]!;
  /** The Redis that the sentinels name, once both its replicas have what it has. */
  const whole = async () => {
    const name = await master();
    await eventually(
      () => stack.run(name, 'redis-cli', 'info', 'replication'),
      (text) => text.match(/state=online/g)?.length === 2,
    );
    return name;
  };

  beforeAll(async () => {
    stack = await Stack.up('docker-compose.yml', 'docker-compose.ha.yml');
  });

  afterEach(() => Guest.everybodyLeaves());

  afterAll(async () => {
    await stack.down();
  });

  test('keeps a room when the master is gone, and goes on with another', async () => {
    const room = await roomOfTwo(stack.origin);
    const before = await whole();
    await stack.kill(before);
    const after = await eventually(master, (name) => name !== before);
    await goesOn(stack.origin, room);
    expect(after).not.toBe(before);
    await stack.start(before);
  });

  test('keeps a room when a master hands over before it ends', async () => {
    const room = await roomOfTwo(stack.origin);
    const before = await whole();
    await stack.run(before, 'sh', '/scripts/hand-over.sh');
    expect(await master()).not.toBe(before);
    await stack.kill(before);
    await goesOn(stack.origin, room);
  });
});

inContainers('docker compose up with one Redis', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await Stack.up('docker-compose.yml');
  });

  afterEach(() => Guest.everybodyLeaves());

  afterAll(async () => {
    await stack.down();
  });

  test('keeps a room when Redis dies and is started again', async () => {
    const room = await roomOfTwo(stack.origin);
    await stack.crash('redis');
    await goesOn(stack.origin, room);
    expect((await stack.inspect('redis'))[0]!.RestartCount).toBe(1);
  });
});
