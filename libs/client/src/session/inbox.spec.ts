import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LogItem } from '@bytechat/protocol';
import { FakeClock, quiet } from '@bytechat/testing';
import { Inbox, type Item, type InboxPort, type Page } from './inbox.ts';

const itemAt = (seq: number): LogItem => ({ kind: 'message', seq, at: 0, env: new Uint8Array([seq]) });

/** A log and somebody who takes its items. */
class Desk implements InboxPort {
  readonly clock = new FakeClock();
  readonly taken: Item[] = [];
  readonly asked: number[] = [];
  readonly inbox = new Inbox(this, this.clock);
  log: LogItem[] = [];
  pageSize = 10;
  offline = false;
  alarms = 0;
  other = false;

  position = (): number => this.taken.length;

  take = async (item: Item): Promise<'taken'> => {
    await Promise.resolve();
    expect(item.seq).toBe(this.taken.length + 1);
    this.taken.push(item);
    return 'taken';
  };

  fetch = async (seq: number): Promise<Page> => {
    this.asked.push(seq);
    await Promise.resolve();
    if (this.offline) throw new Error('offline');
    const head = { generation: 1, seq: this.log.length, epoch: 0 };
    if (this.other) return { recovered: false, head };
    const items = this.log.slice(seq, seq + this.pageSize);
    return { recovered: true, head, items, more: seq + items.length < this.log.length };
  };

  discontinued = (): void => {
    this.other = true;
    this.inbox.stop();
  };

  unfillable = (): void => {
    this.alarms++;
  };

  grow(count: number): void {
    for (let i = 0; i < count; i++) this.log.push(itemAt(this.log.length + 1));
  }

  async settle(): Promise<void> {
    const limit = this.clock.now() + 10_000;
    do await quiet();
    while (this.clock.runNext(limit));
  }

  get seqs(): number[] {
    return this.taken.map(({ seq }) => seq);
  }
}

describe('the inbox', () => {
  it('takes every item once and in order, whatever hints are lost, repeated and mixed up', async () => {
    const hints = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(hints, fc.integer({ min: 1, max: 5 }), async (order, pageSize) => {
        const desk = new Desk();
        desk.grow(12);
        desk.pageSize = pageSize;
        for (const seq of order) {
          desk.inbox.offer(itemAt(seq));
          if (seq % 3 === 0) await quiet();
        }
        await desk.settle();
        const highest = Math.max(0, ...order);
        expect(desk.seqs.length).toBeGreaterThanOrEqual(highest);
        expect(desk.seqs).toEqual(desk.seqs.map((_, index) => index + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('asks nobody while hints come in order', async () => {
    const desk = new Desk();
    desk.grow(5);
    for (const item of desk.log) desk.inbox.offer(item);
    await desk.settle();
    expect(desk.seqs).toEqual([1, 2, 3, 4, 5]);
    expect(desk.asked).toEqual([]);
  });

  it('gives an overtaken hint a moment before it asks the log', async () => {
    const desk = new Desk();
    desk.grow(2);
    desk.inbox.offer(itemAt(2));
    await quiet();
    desk.inbox.offer(itemAt(1));
    await desk.settle();
    expect(desk.seqs).toEqual([1, 2]);
    expect(desk.asked).toEqual([]);
  });

  it('keeps hints that come while a page is read', async () => {
    const desk = new Desk();
    desk.grow(3);
    const synced = desk.inbox.sync();
    desk.grow(1);
    desk.inbox.offer(itemAt(4));
    await desk.settle();
    await synced;
    expect(desk.seqs).toEqual([1, 2, 3, 4]);
  });

  it('knows better than the log that an item is our own', async () => {
    const desk = new Desk();
    desk.grow(2);
    desk.inbox.offer({ kind: 'own', seq: 2, at: 0, env: new Uint8Array([2]) });
    const arrived = desk.inbox.reached(2);
    await desk.settle();
    await arrived;
    expect(desk.taken.map(({ kind }) => kind)).toEqual(['message', 'own']);
  });

  it('rejects a sync while offline and goes on when asked again', async () => {
    const desk = new Desk();
    desk.grow(2);
    desk.offline = true;
    await expect(desk.inbox.sync()).rejects.toThrow('offline');
    desk.offline = false;
    await desk.inbox.sync();
    expect(desk.seqs).toEqual([1, 2]);
  });

  it('raises the alarm when the log has nothing of what is missing', async () => {
    const desk = new Desk();
    for (const seq of [5, 6]) {
      desk.inbox.behind(seq);
      await desk.settle();
    }
    expect(desk.alarms).toBe(0);
    desk.log = Array.from({ length: 7 }, (_, index) => itemAt(index + 1)).slice(3);
    desk.log.length = 4;
    for (const seq of [7, 8, 9]) {
      desk.inbox.behind(seq);
      await desk.settle();
    }
    expect(desk.alarms).toBeGreaterThan(0);
    expect(desk.taken).toEqual([]);
  });

  it('stops where the log belongs to another group', async () => {
    const desk = new Desk();
    desk.other = true;
    const waiting = desk.inbox.reached(3);
    waiting.catch(() => undefined);
    await desk.inbox.sync();
    await expect(waiting).rejects.toThrow();
    desk.inbox.offer(itemAt(1));
    await desk.settle();
    expect(desk.taken).toEqual([]);
  });
});
