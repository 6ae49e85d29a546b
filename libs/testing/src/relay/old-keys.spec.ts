import { describe, expect, it } from '@jest/globals';
import type { Participant } from '../client/participant.ts';
import { withholdingKeys } from './attacks.ts';
import { RoomUnderAttack } from './room-under-attack.ts';

/** Ben has said something since he renewed his keys, so that the others know which of them the server must have. */
async function roomWithNewKeys() {
  const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl']);
  const [anna, ben] = people;
  await room.world.pass(90_000);
  await ben.send('my keys are new');
  await room.world.everyoneSees(people, 'my keys are new');
  await anna.send('good');
  await room.world.everyoneSees(people, 'good');
  return { room, people };
}

/** What was wrapped for whom, from all that the server was told from then on. */
function wrapsSince(room: RoomUnderAttack, since: number): number[] {
  return room.relay.heard.slice(since).flatMap(({ event, payload }) => {
    const { kind, wraps = [] } = payload as { kind?: string; wraps?: { idx: number }[] };
    return event === 'share_session_key' && kind === 'stage' ? wraps.map(({ idx }) => idx) : [];
  });
}

describe('claim 28: a server that hides the new keys of members', () => {
  it('gets nothing wrapped to the old ones, and somebody is told', async () => {
    const { room, people } = await roomWithNewKeys();
    const [anna, ben, carl] = people;
    const since = room.relay.heard.length;
    room.relay.attack(withholdingKeys());
    await room.world.settled(carl.client.leave());
    const isTold = ({ lines }: Participant): boolean =>
      lines.some((line) => line.kind === 'unreadable' && line.code === 'ERR_KU_ROLLBACK');
    await room.world.until(() => isTold(anna) || isTold(ben), 'somebody is told');
    expect(wrapsSince(room, since)).toEqual([]);
  });
});
