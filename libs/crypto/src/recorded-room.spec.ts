import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { recordRoom } from './test-support/record-room.ts';
import type { RecordedRoom } from './test-support/recorded-room.ts';
import { replayRoom } from './test-support/replay-room.ts';

const { rooms } = JSON.parse(readFileSync(new URL('../vectors/rooms.json', import.meta.url), 'utf8')) as {
  rooms: RecordedRoom[];
};

describe('a recorded room', () => {
  it.each(rooms)('in suite $suite comes out as it was recorded, for each who looks on', async (room) => {
    expect(await replayRoom(room)).toEqual([]);
  });

  it('has everything that happens in rooms', () => {
    for (const room of rooms) {
      expect(room.items.filter(({ kind }) => kind === 'commit')).toHaveLength(6);
      expect(room.items.filter(({ kind }) => kind === 'message')).toHaveLength(8);
      expect(room.observers.ben.leaves).toHaveLength(2);
      expect(room.history.seqs.length).toBeGreaterThan(3);
    }
    expect(rooms.map(({ suite }) => suite)).toEqual([1, 2]);
  });

  it.each([1, 2] as const)(
    'comes from code that records and replays another one in suite %i',
    async (suite) => {
      const room = await recordRoom(suite);
      expect(await replayRoom(room)).toEqual([]);
      const text = room.items.find((item) => item.kind === 'message');
      if (text?.kind !== 'message') throw new Error('Nobody spoke.');
      text.opened.body = `${text.opened.body}21`;
      expect(await replayRoom(room)).not.toEqual([]);
    },
  );
});
