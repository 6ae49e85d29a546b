import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';

type Pair = [anna: Participant, ben: Participant];

async function pair() {
  const world = new World();
  const { people } = await world.room(1);
  const [anna, ben] = people as Pair;
  return { world, anna, ben };
}

/** Who types, as a person was told last. */
const typingFor = (person: Participant): string[] =>
  person.events.findLast((event) => event.type === 'typing')?.mids ?? [];

const signals = (world: World): Uint8Array[] =>
  world.gateway.seen.flatMap((frame) => {
    const { bytes, kind } = (frame ?? {}) as { bytes?: Uint8Array; kind?: string };
    return bytes && kind === undefined ? [bytes] : [];
  });

describe('people who type', () => {
  it('are seen to type, until they have sent it', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.typing();
    await world.until(() => typingFor(ben).length > 0, 'ben sees it');
    expect(typingFor(ben)).toEqual([anna.self.mid]);
    expect(typingFor(anna)).toEqual([]);
    await anna.send('there');
    await world.everyoneSees([anna, ben], 'there');
    expect(typingFor(ben)).toEqual([]);
  });

  it('are told of every 3 s at most, and are believed for 6 s', async () => {
    const { world, anna, ben } = await pair();
    for (let letter = 0; letter < 10; letter += 1) await anna.client.typing();
    await world.until(() => typingFor(ben).length > 0, 'ben sees it');
    await world.pass(2_900);
    await anna.client.typing();
    expect(signals(world)).toHaveLength(1);
    await world.pass(200);
    await anna.client.typing();
    await world.pass(5_000);
    expect(signals(world)).toHaveLength(2);
    expect(typingFor(ben)).toEqual([anna.self.mid]);
    await world.pass(1_500);
    expect(typingFor(ben)).toEqual([]);
  });

  it('are not seen by the server: every signal has 96 bytes and says nothing', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.typing();
    await ben.client.typing();
    await world.until(() => typingFor(ben).length > 0 && typingFor(anna).length > 0, 'both see it');
    expect(signals(world).map(({ length }) => length)).toEqual([96, 96]);
    const seen = Buffer.concat(signals(world)).toString('hex');
    for (const { self } of [anna, ben]) expect(seen).not.toContain(self.mid);
  });

  it('don’t speak to an empty room, and what the server makes up is not shown', async () => {
    const world = new World();
    const { people } = await world.room(0);
    await people[0]!.client.typing();
    await world.pass(1_000);
    expect(signals(world)).toEqual([]);
    const { anna, ben, world: other } = await pair();
    other.gateway
      .connectionOf(ben.self.mid)
      .emit({ name: 'signal', payload: { idx: 0, bytes: new Uint8Array(96) } });
    await other.pass(1_000);
    expect(typingFor(ben)).toEqual([]);
    expect(ben.told('unreadable')).toBe(false);
    expect(anna.active).toBe(true);
  });

  it('are no longer seen when they leave', async () => {
    const { world, anna, ben } = await pair();
    await anna.client.typing();
    await world.until(() => typingFor(ben).length > 0, 'ben sees it');
    await world.settled(anna.client.leave());
    await world.until(() => ben.members.length === 1, 'anna is gone');
    expect(typingFor(ben)).toEqual([]);
  });
});
