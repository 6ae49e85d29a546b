import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from './harness/eventually.ts';
import { Guest } from './harness/guest.ts';
import { inContainers } from './harness/in-containers.ts';
import { Stack } from './harness/stack.ts';

/** A room with two members in it who have talked. */
async function roomOfTwo(origin: string): Promise<string> {
  const { guest: ada, code } = await Guest.creates(origin);
  const ben = await Guest.joins(origin, code);
  await ada.says('before');
  await ben.hears('before');
  return code;
}

/** The room is where it was, and two people can meet in another one. */
async function goesOn(origin: string, code: string): Promise<void> {
  const { members } = await eventually(
    () => Guest.peek(origin, code),
    ({ exists }) => exists,
  );
  expect(members).toBe(2);
  const { guest: cleo, code: another } = await eventually(
    () => Guest.creates(origin),
    () => true,
  );
  const dora = await Guest.joins(origin, another);
  await cleo.says('after');
  await dora.hears('after');
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
    const code = await roomOfTwo(stack.origin);
    const before = await whole();
    await stack.kill(before);
    const after = await eventually(master, (name) => name !== before);
    await goesOn(stack.origin, code);
    expect(after).not.toBe(before);
    await stack.start(before);
  });

  test('keeps a room when a master hands over before it ends', async () => {
    const code = await roomOfTwo(stack.origin);
    const before = await whole();
    await stack.run(before, 'sh', '/scripts/hand-over.sh');
    expect(await master()).not.toBe(before);
    await stack.kill(before);
    await goesOn(stack.origin, code);
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
    const code = await roomOfTwo(stack.origin);
    await stack.crash('redis');
    await goesOn(stack.origin, code);
    expect((await stack.inspect('redis'))[0]!.RestartCount).toBe(1);
  });
});
