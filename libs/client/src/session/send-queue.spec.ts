import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Bytes } from '@bytechat/protocol';
import { FakeClock, quiet } from '@bytechat/testing';
import { SendQueue, type Sealed, type SendPort } from './send-queue.ts';
import type { SendOutcome } from './send-outcome.ts';

/** A room that answers as the test says and keeps what was delivered to it. */
class Counter implements SendPort {
  readonly delivered: { cid: string; env: string; epoch: number }[] = [];
  readonly outcomes: SendOutcome[] = [];
  now = 1;
  open = true;
  #seals = 0;
  #seq = 0;

  ready = () => this.open;
  epoch = () => this.now;
  seal = async (_type: number, body: Bytes): Promise<Sealed> => {
    const env = Uint8Array.from([...body, ++this.#seals]);
    return { env, epoch: this.now };
  };
  deliver = async (cid: Bytes, { env, epoch }: Sealed): Promise<SendOutcome> => {
    this.delivered.push({ cid: cid.join(), env: env.join(), epoch });
    return this.outcomes.shift() ?? { kind: 'stored', seq: ++this.#seq, at: 5 };
  };
  arrive = async () => undefined;
  catchUp = async () => {
    this.now = this.next ?? this.now;
  };
  expelled = () => {
    this.open = false;
  };
  next: number | undefined;
}

describe('the send queue', () => {
  let clock: FakeClock;
  let queue: SendQueue;
  let room: Counter;
  let sent: string[];
  let failed: [string, string][];
  let ids: number;

  beforeEach(() => {
    clock = new FakeClock(0);
    room = new Counter();
    [sent, failed, ids] = [[], [], 0];
    const random = { bytes: (length: number) => new Uint8Array(length).fill(++ids), fraction: () => 0 };
    queue = new SendQueue(clock, random, {
      sent: (id) => sent.push(id),
      failed: (id, code) => failed.push([id, code]),
    });
    queue.attach(room);
  });

  async function settle(): Promise<void> {
    do await quiet();
    while (clock.runNext(clock.now() + 60_000));
  }

  const add = (...body: number[]) => queue.add(1, Uint8Array.from(body), true);

  it('repeats the same bytes while it is not known what became of them, even in a new epoch', async () => {
    room.outcomes.push({ kind: 'uncertain', ms: 100 }, { kind: 'stale' });
    const id = add(9);
    await quiet();
    room.now = 2;
    await settle();
    const [first, second, third] = room.delivered;
    expect(second).toEqual(first);
    expect(third).toMatchObject({ cid: first!.cid, epoch: 2 });
    expect(third!.env).not.toBe(first!.env);
    expect(sent).toEqual([id]);
  });

  it('seals again, under the same id, what was denied because of the epoch', async () => {
    room.outcomes.push({ kind: 'stale' });
    room.next = 2;
    const id = add(9);
    await settle();
    expect(room.delivered.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(new Set(room.delivered.map(({ cid }) => cid)).size).toBe(1);
    expect(sent).toEqual([id]);
  });

  it('does not take a rate refusal for a denial of earlier bytes', async () => {
    room.outcomes.push({ kind: 'uncertain', ms: 100 }, { kind: 'wait', ms: 100 });
    const id = add(9);
    await quiet();
    clock.runNext(150);
    await quiet();
    queue.attach(undefined);
    expect(failed).toEqual([[id, 'ERR_INDETERMINATE']]);
  });

  it('sends in the next group what was surely not stored in the last one', async () => {
    room.outcomes.push({ kind: 'wait', ms: 10_000 });
    const id = add(9);
    await quiet();
    const next = new Counter();
    queue.attach(undefined);
    queue.attach(next);
    await settle();
    expect(next.delivered).toHaveLength(1);
    expect(sent).toEqual([id]);
    expect(failed).toEqual([]);
  });

  it('keeps the order over waits and fails only the one that is refused', async () => {
    room.outcomes.push({ kind: 'wait', ms: 1_000 }, { kind: 'failed', code: 'ERR_TOO_LARGE' });
    const messages = [add(1), add(2), add(3)];
    await settle();
    expect(failed).toEqual([[messages[0], 'ERR_TOO_LARGE']]);
    expect(sent).toEqual(messages.slice(1));
  });

  it('keeps quiet while nothing can be sent and goes on when told', async () => {
    room.open = false;
    const id = add(1);
    await settle();
    expect(room.delivered).toEqual([]);
    room.open = true;
    queue.kick();
    await settle();
    expect(sent).toEqual([id]);
  });

  it('leaves a message that lost its membership for the next group', async () => {
    room.outcomes.push({ kind: 'expelled' });
    const id = add(1);
    await settle();
    expect([room.open, sent, failed]).toEqual([false, [], []]);
    const next = new Counter();
    queue.attach(next);
    await settle();
    expect(sent).toEqual([id]);
  });

  it('overwrites texts when they are sent and when it is cleared', async () => {
    const [done, waiting] = [Uint8Array.from([1]), Uint8Array.from([2])];
    queue.add(1, done, true);
    await settle();
    expect([...done]).toEqual([0]);
    room.open = false;
    queue.add(1, waiting, true);
    queue.clear();
    expect([...waiting]).toEqual([0]);
    expect(queue.length).toBe(0);
  });
});
