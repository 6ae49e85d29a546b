import { describe, expect, it } from '@jest/globals';
import type { Attack } from './hostile-relay.ts';
import { RoomUnderAttack } from './room-under-attack.ts';

const NAMES = ['anna', 'ben', 'carl', 'dora'] as const;
type Name = (typeof NAMES)[number];

/**
 * Whoever first comes to the stage, the network takes away after that many of the requests of a commit: 0 before any,
 * 1 after one staged part and before the commit itself.
 */
function vanishing(after: number): { attack: Attack; who: () => Name | undefined } {
  let committer: Name | undefined;
  let requests = 0;
  return {
    who: () => committer,
    attack: {
      up: async ({ event, payload }, forward, line) => {
        const { kind } = payload as { kind?: string };
        const isPart = event === 'share_session_key' && (kind === 'stage' || kind === 'commit');
        if (committer !== undefined && line.name === committer) return new Promise(() => undefined);
        if (!isPart || committer !== undefined) return forward();
        if (requests++ < after) return forward();
        committer = line.name as Name;
        line.cut();
        return new Promise(() => undefined);
      },
    },
  };
}

describe('claim 17: a committer that vanishes in the middle', () => {
  it.each([0, 1])('of removing somebody, after %i of its requests: the next one does it', async (after) => {
    const { room, people } = await RoomUnderAttack.of(NAMES);
    const [anna, ben, carl, dora] = people;
    const { attack, who } = vanishing(after);
    const epochs = people.map(({ membership }) => membership);
    room.relay.attack(attack);
    await room.world.settled(dora.client.leave());
    await room.world.until(() => who() !== undefined, 'somebody has tried');
    expect(people.slice(0, 3).map(({ membership }) => membership)).toEqual(epochs.slice(0, 3));
    const since = room.world.clock.now();
    const staying = [anna, ben, carl].filter((_, at) => NAMES[at] !== who());
    await room.world.until(
      () => staying.every(({ members }) => members.length === 3),
      'the next one removes dora',
    );
    expect(room.world.clock.now() - since).toBeLessThanOrEqual(4_000);
    await staying[0]!.send('new keys');
    await room.world.everyoneSees(staying, 'new keys');
  });

  it.each([0, 1])('of letting somebody in, after %i of its requests: the next one does it', async (after) => {
    const { room } = await RoomUnderAttack.of(NAMES);
    const { attack, who } = vanishing(after);
    room.relay.attack(attack);
    const eve = room.person('eve');
    await room.world.settled(eve.join({ code: room.code }));
    await room.world.until(() => who() !== undefined, 'somebody has tried');
    const since = room.world.clock.now();
    await room.world.until(() => eve.active, 'the next one lets eve in');
    expect(room.world.clock.now() - since).toBeLessThanOrEqual(4_000);
    const staying = NAMES.filter((name) => name !== who()).map((name) => room.get(name));
    await eve.send('hello');
    await room.world.everyoneSees([eve, ...staying], 'hello');
    expect(new Set([eve, ...staying].map(({ membership }) => JSON.stringify(membership))).size).toBe(1);
  });
});
