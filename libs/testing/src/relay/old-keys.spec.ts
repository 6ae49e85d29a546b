import { describe, expect, it } from '@jest/globals';
import type { Participant } from '../client/participant.ts';
import { withholdingKeys } from './attacks.ts';
import { RoomUnderAttack } from './room-under-attack.ts';

/**
 * Ben and Dora have said something since they renewed their keys, so that the others know what the server must have.
 * Whoever of those who stay makes the next commit has one of the two to wrap to.
 */
async function roomWithNewKeys() {
  const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl', 'dora']);
  const [, ben, , dora] = people;
  await room.world.pass(90_000);
  await ben.send('my keys are new');
  await dora.send('and so are mine');
  for (const text of ['my keys are new', 'and so are mine']) await room.world.everyoneSees(people, text);
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
    const [anna, ben, carl, dora] = people;
    const since = room.relay.heard.length;
    room.relay.attack(withholdingKeys());
    await room.world.settled(carl.client.leave());
    const isTold = ({ lines }: Participant): boolean =>
      lines.some((line) => line.kind === 'unreadable' && line.code === 'ERR_KU_ROLLBACK');
    await room.world.until(() => [anna, ben, dora].some(isTold), 'somebody is told');
    expect(wrapsSince(room, since)).toEqual([]);
  });
});
