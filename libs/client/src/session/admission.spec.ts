import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RosterEntry } from '@bytechat/crypto';
import { FakeClock, quiet } from '@bytechat/testing';
import { Admission, type AdmissionPort, type Change, type CommitResult } from './admission.ts';

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill);

const entry = (idx: number): RosterEntry => ({
  idx,
  mid: bytes(16, idx),
  role: idx === 0 ? 'owner' : 'member',
  joinedEpoch: 0,
  sigPub: bytes(65, idx),
  kph: bytes(32, idx),
});

/** Slot 0 of a room whose ranks are the slots in reverse: the newest member comes first. */
class Office implements AdmissionPort {
  members = [entry(0), entry(1), entry(2)];
  away = new Set<number>();
  readonly commits: { at: number; change: Change }[] = [];
  answer: (change: Change) => CommitResult = () => 'settled';
  place = 10;
  readonly clock = new FakeClock(0);
  readonly admission: Admission;

  constructor() {
    this.admission = new Admission(this, this.clock, { bytes: () => bytes(0, 0), fraction: () => 0.5 });
  }

  roster = () => this.members;
  self = () => this.members[0]!;
  capacity = () => this.place;
  ranks = async () => new Map(this.members.map(({ idx }) => [idx, this.members.length - 1 - idx]));
  isPresent = (mid: Uint8Array) => !this.away.has(mid[0]!);
  ready = () => true;

  commit = async (change: Change): Promise<CommitResult> => {
    this.commits.push({ at: this.clock.now(), change });
    const result = this.answer(change);
    if (result === 'settled') this.#apply(change);
    return result;
  };

  asks(id: number): void {
    this.admission.newcomer(bytes(573, id), bytes(32, id), bytes(65, id));
  }

  async pass(ms: number): Promise<void> {
    const limit = this.clock.now() + ms;
    do await quiet();
    while (this.clock.runNext(limit));
    await quiet();
  }

  #apply({ addKeyPackages, removes }: Change): void {
    const gone = new Set(removes.map(({ idx }) => idx));
    this.members = this.members.filter(({ idx }) => !gone.has(idx));
    const added = addKeyPackages.map((kp) => entry(kp[0]!));
    this.members.push(...added);
    this.admission.epochMoved(added, removes.length > 0);
  }
}

describe('who commits when', () => {
  let office: Office;
  beforeEach(() => {
    office = new Office();
  });

  it('waits for those who come first, a second and a half each, and for others to join in', async () => {
    office.asks(20);
    await office.pass(700);
    office.asks(21);
    await office.pass(20_000);
    expect(office.commits).toHaveLength(1);
    expect(office.commits[0]!.at).toBe(1_000 + 2 * 1_500 + 250);
    expect(office.commits[0]!.change.addKeyPackages.map((kp) => kp[0])).toEqual([20, 21]);
  });

  it('does not wait for members who are away', async () => {
    office.away = new Set([1, 2]);
    office.asks(20);
    await office.pass(20_000);
    expect(office.commits.map(({ at }) => at)).toEqual([1_250]);
  });

  it('does nothing when another member has done it', async () => {
    office.asks(20);
    await office.pass(1_000);
    office.members = [...office.members, entry(20)];
    office.admission.epochMoved([entry(20)], false);
    await office.pass(20_000);
    expect(office.commits).toEqual([]);
  });

  it('never lets the same key package in again', async () => {
    office.asks(20);
    await office.pass(20_000);
    office.members = office.members.filter(({ idx }) => idx !== 20);
    office.admission.epochMoved([], true);
    office.asks(20);
    await office.pass(20_000);
    expect(office.commits).toHaveLength(1);
  });

  it('removes leavers together, with five seconds between two rekeys, and newcomers meanwhile', async () => {
    office.away = new Set([1, 2]);
    office.members.push(entry(3));
    office.away.add(3);
    office.admission.leaver(1, bytes(16, 1), 'left');
    office.admission.leaver(2, bytes(16, 2), 'timeout');
    await office.pass(2_000);
    office.admission.leaver(3, bytes(16, 3), 'left');
    office.asks(20);
    await office.pass(20_000);
    expect(office.commits.map(({ change }) => [change.addKeyPackages.length, change.removes])).toEqual([
      [
        0,
        [
          { idx: 1, reason: 'left' },
          { idx: 2, reason: 'timeout' },
        ],
      ],
      [1, []],
      [0, [{ idx: 3, reason: 'left' }]],
    ]);
    expect(office.commits[2]!.at - office.commits[0]!.at).toBeGreaterThanOrEqual(5_000);
  });

  it('never removes itself or who is not there', async () => {
    office.admission.leaver(0, bytes(16, 0), 'left');
    office.admission.leaver(1, bytes(16, 9), 'left');
    await office.pass(20_000);
    expect(office.commits).toEqual([]);
  });

  it('takes newcomers one by one when one of them has gone, and gives only that one up', async () => {
    office.answer = ({ addKeyPackages }) =>
      addKeyPackages.some((kp) => kp[0] === 21) ? 'refused' : 'settled';
    for (const id of [20, 21, 22]) office.asks(id);
    await office.pass(60_000);
    expect(office.members.map(({ idx }) => idx)).toEqual([0, 1, 2, 20, 22]);
    expect(office.commits.length).toBeLessThanOrEqual(5);
  });

  it('tries again later when the server is out of reach, and gives up after two minutes', async () => {
    office.answer = () => 'later';
    office.asks(20);
    await office.pass(300_000);
    const times = office.commits.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(20);
    expect(times.at(-1)).toBeLessThanOrEqual(120_000);
    for (const [index, at] of times.entries())
      if (index > 0) expect(at - times[index - 1]!).toBeGreaterThanOrEqual(2_000);
  });

  it('lets in no more than there are places', async () => {
    office.place = 4;
    office.asks(20);
    office.asks(21);
    await office.pass(20_000);
    expect(office.members.map(({ idx }) => idx)).toEqual([0, 1, 2, 20]);
  });

  it('stops with the room', async () => {
    office.asks(20);
    office.admission.stop();
    await office.pass(20_000);
    expect(office.commits).toEqual([]);
    expect(office.clock.timers).toBe(0);
  });

  it('lets those go last whose commits others could not follow', async () => {
    for (const { mid } of office.members.slice(1)) office.admission.suspect(mid);
    office.asks(9);
    await office.pass(1_250);
    expect(office.commits).toMatchObject([{ at: 1_250, change: { addKeyPackages: [bytes(573, 9)] } }]);
  });

  it('lets somebody in with the keys of a member when that one is out, and not before', async () => {
    office.admission.newcomer(bytes(573, 9), bytes(32, 9), bytes(65, 1));
    await office.pass(20_000);
    expect(office.commits).toEqual([]);
    office.admission.leaver(1, bytes(16, 1), 'left');
    await office.pass(20_000);
    expect(office.commits.map(({ change }) => [change.removes.length, change.addKeyPackages.length])).toEqual(
      [
        [1, 0],
        [0, 1],
      ],
    );
  });
});
