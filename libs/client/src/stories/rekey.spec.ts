import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';

const epoch = ({ membership }: Participant): number =>
  membership.step === 'active' ? membership.epoch : Number.NaN;

function rekeys(world: World): number {
  return world.gateway.seen.filter((frame) => {
    const { kind, rekey } = (frame ?? {}) as { kind?: string; rekey?: boolean };
    return kind === 'commit' && rekey === true;
  }).length;
}

describe('a room in which people write', () => {
  it('has new keys after ten minutes, by one commit, and all go on', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const before = epoch(people[0]!);
    await people[1]!.send('old keys');
    await world.everyoneSees(people, 'old keys');
    await world.until(() => people.every((person) => epoch(person) > before), 'the keys are new', 700_000);
    expect(people.map(epoch)).toEqual([before + 1, before + 1, before + 1]);
    await world.pass(20_000);
    expect(rekeys(world)).toBe(1);
    await people[2]!.send('new keys');
    await world.everyoneSees(people, 'old keys', 'new keys');
    expect(people.flatMap(({ alarms }) => alarms)).toEqual([]);
  });

  it('has them although the one whose turn it is can not, for the next one acts', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const before = epoch(people[0]!);
    await people[0]!.send('something');
    await world.everyoneSees(people, 'something');
    let unlucky: unknown;
    world.gateway.faults.requests((connection, event, payload) => {
      if (event !== 'share_session_key' || (payload as { kind: string }).kind !== 'stage') return undefined;
      unlucky ??= connection;
      return connection === unlucky ? { code: 'ERR_BUSY', message: '', retryAfterMs: 600_000 } : undefined;
    });
    await world.until(() => people.every((person) => epoch(person) > before), 'the keys are new', 700_000);
  });

  it('keeps its keys while nobody says anything', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const before = epoch(people[0]!);
    await world.pass(1_500_000);
    expect(people.map(epoch)).toEqual([before, before]);
    expect(rekeys(world)).toBe(0);
  });
});
