import { describe, expect, it } from '@jest/globals';
import { keyPool } from './test-support/key-pool.ts';
import { Room } from './test-support/room.ts';

const keys = keyPool();

describe.each([1, 2] as const)('a group in suite %i', (suite) => {
  it('lets everybody read what one member writes', async () => {
    const room = await Room.with(3, keys, suite);
    expect(await room.say(0, 'hello')).toEqual(['hello', 'hello']);
    expect(await room.say(2, 'good evening')).toEqual(['good evening', 'good evening']);
  });

  it('goes on after one left, and a newcomer can commit that', async () => {
    const room = await Room.with(3, keys, suite);
    await room.commit(2, { addKeyPackages: [], removes: [{ idx: 0, reason: 'left' }] });
    expect(room.members).toHaveLength(2);
    expect(room.member(0).group.self.role).toBe('owner');
    expect(await room.say(0, 'still here')).toEqual(['still here']);
  });
});
