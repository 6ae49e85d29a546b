import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from './bytes.ts';
import { keyPool } from './test-support/key-pool.ts';
import { readPast } from './test-support/past.ts';
import { Room } from './test-support/room.ts';

const keys = keyPool();
const MAX_MEMBERS = 7;

/** What can happen in a room; numbers pick a member modulo the size of the room. */
const events = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('say' as const), by: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('admit' as const),
      by: fc.nat(20),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('leave' as const), by: fc.nat(20), who: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rekey' as const), by: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('swap' as const), by: fc.nat(20), who: fc.nat(20) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('kick' as const), by: fc.nat(20), who: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rotate' as const), by: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renew' as const), by: fc.nat(20) }) },
);

type RoomEvent = typeof events extends fc.Arbitrary<infer E> ? E : never;

const none = { addKeyPackages: [], removes: [] };

async function happen(room: Room, event: RoomEvent, said: string[]): Promise<void> {
  const size = room.members.length;
  const by = event.by % size;
  if (event.kind === 'say') {
    const words = `message ${said.length}`;
    said.push(words);
    expect(await room.say(by, words)).toEqual(Array.from({ length: size - 1 }, () => words));
  } else if (event.kind === 'admit') {
    const count = Math.min(event.count, MAX_MEMBERS - size);
    if (count > 0)
      await room.admit(by, await Promise.all(Array.from({ length: count }, () => room.candidate())));
  } else if (event.kind === 'rekey') {
    await room.commit(by, { ...none, rekey: true });
  } else if (event.kind === 'rotate') {
    await room.commit(by, { ...none, rotate: true });
  } else if (event.kind === 'renew') {
    await room.renew(by);
  } else if (event.kind === 'kick') {
    const kicked = event.who % size;
    if (kicked === by) return;
    const removes = [{ idx: room.member(kicked).group.self.idx, reason: 'kick' as const }];
    await room.commit(by, { ...none, removes });
  } else {
    const leaver = event.who % size;
    if (leaver === by) return;
    const newcomers = event.kind === 'swap' ? [await room.candidate()] : [];
    const addKeyPackages = newcomers.map(({ keyPackage }) => keyPackage.bytes);
    const removes = [{ idx: room.member(leaver).group.self.idx, reason: 'left' as const }];
    await room.commit(by, { addKeyPackages, removes }, newcomers);
  }
}

function views(room: Room): Set<string> {
  return new Set(
    room.members.map(({ group }) => {
      const { epoch, authenticator, position, roster } = group;
      const members = roster.map(({ idx, role, joinedEpoch, mid }) =>
        [idx, role, joinedEpoch, toHex(mid)].join(':'),
      );
      return [epoch, toHex(authenticator), position.seq, toHex(position.transcript), ...members].join('|');
    }),
  );
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('members whose clocks are all different, and jump', () => {
  it('agree on every commit: no rule looks at the time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(events, { minLength: 3, maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: -1e15, max: 1e15 })),
        async (story, times) => {
          const now = (): number => Number(times.next().value);
          const clocks = [jest.spyOn(Date, 'now'), jest.spyOn(performance, 'now')];
          for (const clock of clocks) clock.mockImplementation(now);
          const room = await Room.with(3, keys, 1, { kick: 2, history: 1 });
          for (const event of story) {
            await happen(room, event, []);
            expect(views(room).size).toBe(1);
          }
          for (const clock of clocks) clock.mockRestore();
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('members who follow the same sequence', () => {
  it.each([1, 2] as const)(
    'agree on epoch, keys, roster and transcript after whatever happens, and newcomers read all of it, in suite %i',
    async (suite) => {
      await fc.assert(
        fc.asyncProperty(fc.array(events, { minLength: 3, maxLength: 14 }), async (story) => {
          const room = await Room.with(3, keys, suite, { kick: 2, history: 1 });
          const said: string[] = [];
          for (const event of story) {
            const before = new Set(room.members);
            await happen(room, event, said);
            expect(views(room).size).toBe(1);
            for (const member of room.members) {
              if (!before.has(member)) expect(await readPast(member, room)).toEqual(said);
            }
          }
        }),
        { numRuns: 25 },
      );
    },
  );
});
