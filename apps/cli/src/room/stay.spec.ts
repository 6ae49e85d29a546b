import { beforeEach, describe, expect, test } from '@jest/globals';
import { ClientError } from '@bytechat/client';
import { Interruption } from '../failure.ts';
import { FakeRoomClient } from '../testing/fake-room-client.ts';
import { Stay } from './stay.ts';

let client: FakeRoomClient;
let interruption: AbortController;
let stay: Stay;

beforeEach(() => {
  client = new FakeRoomClient();
  interruption = new AbortController();
  stay = new Stay(client, interruption.signal, false);
});

const entering = (): Promise<unknown> => stay.enter((one) => one.join({ code: 'x' }));

async function inside(): Promise<void> {
  const entered = entering();
  client.letIn();
  await entered;
}

const waitingFor = (attempt: number, ms: number): void =>
  client.tell({ type: 'connection', connection: { state: 'waiting', attempt, retryAt: Date.now() + ms } });

describe('Coming in', () => {
  test('takes until one can write', async () => {
    let isIn = false;
    const entered = entering().then(() => (isIn = true));
    client.tell({ type: 'membership', membership: { step: 'waiting', since: 0 } });
    await Promise.resolve();
    expect(isIn).toBe(false);
    client.letIn();
    await entered;
  });

  test('is given up after the third try that failed, and not before', async () => {
    const entered = entering();
    waitingFor(3, 4_000);
    expect(stay.over.aborted).toBe(false);
    waitingFor(4, 4_000);
    await expect(entered).rejects.toMatchObject({ exitCode: 69, code: 'ERR_OFFLINE' });
  });

  test('is given up when the server asks for a long wait', async () => {
    const entered = entering();
    waitingFor(2, 60_000);
    await expect(entered).rejects.toMatchObject({ exitCode: 69 });
  });

  test('is given up when nobody answers', async () => {
    const entered = entering();
    client.tell({ type: 'membership', membership: { step: 'unanswered' } });
    await expect(entered).rejects.toMatchObject({ exitCode: 69 });
  });

  test('fails with the refusal itself, not with the closing that goes with it', async () => {
    const entered = stay.enter(async () => {
      client.tell({ type: 'connection', connection: { state: 'closed', code: 'REFUSED' } });
      await new Promise(setImmediate);
      throw new ClientError('ERR_GATE');
    });
    await expect(entered).rejects.toMatchObject({ code: 'ERR_GATE' });
  });

  test('ends when the person interrupts', async () => {
    const entered = entering();
    interruption.abort(new Interruption());
    await expect(entered).rejects.toThrow(Interruption);
  });
});

describe('A text', () => {
  beforeEach(inside);

  test('is said when it is acknowledged', async () => {
    let isSaid = false;
    const said = stay.say('hello').then(() => (isSaid = true));
    client.outcome(1, { state: 'sending' });
    await new Promise(setImmediate);
    expect(isSaid).toBe(false);
    client.outcome(1, { state: 'sent' });
    await said;
  });

  test('is said also when the news of it comes before its id', async () => {
    client.outcome(1, { state: 'sent' });
    await stay.say('hello');
  });

  test('fails with the code that the client tells', async () => {
    const said = stay.say('hello');
    client.outcome(1, { state: 'failed', error: 'ERR_FORK' });
    await expect(said).rejects.toMatchObject({ code: 'ERR_FORK' });
  });

  test('fails when the stay ends before its id is known', async () => {
    const said = stay.say('hello');
    client.tell({ type: 'connection', connection: { state: 'closed', code: 'ROOM_GONE' } });
    await expect(said).rejects.toMatchObject({ code: 'ROOM_GONE' });
  });

  test('fails when its time is over first, and when the stay is', async () => {
    const [one, two] = [stay.say('one'), stay.say('two')];
    await new Promise(setImmediate);
    client.tell({ type: 'expired', ids: ['text-1'] });
    await expect(one).rejects.toMatchObject({ exitCode: 1 });
    client.tell({ type: 'connection', connection: { state: 'closed', code: 'KICKED' } });
    await expect(two).rejects.toMatchObject({ exitCode: 77, code: 'KICKED' });
    await expect(stay.say('three')).rejects.toMatchObject({ code: 'KICKED' });
  });
});

describe('Inside', () => {
  beforeEach(inside);

  test('a broken connection is no end, however often it is tried again', () => {
    waitingFor(9, 20_000);
    expect(stay.over.aborted).toBe(false);
  });

  test('an interruption is an end without a failure', async () => {
    interruption.abort(new Interruption());
    await expect(stay.untilInterrupted()).resolves.toBeUndefined();
  });

  test('every other end is a failure', async () => {
    const end = stay.untilInterrupted();
    client.tell({ type: 'connection', connection: { state: 'closed', code: 'EXPIRED' } });
    await expect(end).rejects.toMatchObject({ exitCode: 1, code: 'EXPIRED' });
  });

  test('only the others who are connected count', () => {
    const member = { mid: '', idx: 0, name: '', owner: false };
    client.tell({
      type: 'members',
      members: [
        { ...member, self: true, present: true },
        { ...member, self: false, present: true },
        { ...member, self: false, present: false },
      ],
    });
    expect(stay.others).toBe(1);
  });

  test('silence is answered only by who wants to stay', () => {
    client.tell({ type: 'notice', code: 'EXPIRING' });
    expect(client.calls).toEqual([]);
    new Stay(client, interruption.signal, true);
    client.tell({ type: 'notice', code: 'EXPIRING' });
    expect(client.calls).toEqual(['keepAlive']);
  });
});
