import { describe, expect, it } from '@jest/globals';
import { World, type Participant } from '@bytechat/testing';
import { MAX_QUEUED } from '../session/send-queue.ts';

type Pair = [Participant, Participant];

async function pair(limits = {}): Promise<{ world: World; people: Pair }> {
  const world = new World({ limits });
  const { people } = await world.room(1);
  return { world, people: people as Pair };
}

const messageHints = (world: World, copies: number): (() => void) =>
  world.gateway.faults.hints((_connection, { name }) => (name === 'new_message' ? copies : undefined));

/** How many messages the server was asked to store. */
const sent = (world: World): number =>
  world.gateway.seen.filter((frame) => frame !== null && typeof frame === 'object' && 'env' in frame).length;

const isMessage = (payload: unknown): boolean =>
  payload !== null && typeof payload === 'object' && 'env' in payload;

describe('a message', () => {
  it('arrives although its hint was lost, when the next one comes', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const stop = messageHints(world, 0);
    await anna.send('lost');
    await world.until(() => anna.sees('lost'), 'the first is stored');
    stop();
    await anna.send('found');
    await world.everyoneSees(people, 'lost', 'found');
    expect(ben.texts).toEqual(['lost', 'found']);
  });

  it('arrives although every hint was lost, by the beacon', async () => {
    const { world, people } = await pair();
    messageHints(world, 0);
    await people[0].send('only in the log');
    await world.everyoneSees(people, 'only in the log');
  });

  it('is shown once although its hint came three times', async () => {
    const { world, people } = await pair();
    messageHints(world, 3);
    await people[0].send('echo');
    await world.everyoneSees(people, 'echo');
    await world.pass(30_000);
    expect(people[1].texts).toEqual(['echo']);
    expect(people[1].lines.filter(({ kind }) => kind === 'unreadable')).toEqual([]);
  });

  it('is stored once and shown once although its acknowledgement was lost', async () => {
    const { world, people } = await pair();
    world.gateway.faults.loseNextAck('send_message');
    await people[0].send('once');
    await people[0].send('next');
    await world.everyoneSees(people, 'once', 'next');
    expect(people.map(({ texts }) => texts)).toEqual([
      ['once', 'next'],
      ['once', 'next'],
    ]);
    expect(sent(world)).toBe(3);
  });

  it('survives a connection that breaks before its acknowledgement', async () => {
    const { world, people } = await pair();
    const [anna] = people;
    world.gateway.faults.loseNextAck('send_message');
    await anna.send('on the edge');
    await world.until(() => sent(world) === 1, 'it reached the server');
    world.gateway.connectionOf(anna.self.mid).cut();
    await world.everyoneSees(people, 'on the edge');
    expect(people.map(({ texts }) => texts)).toEqual([['on the edge'], ['on the edge']]);
  });

  it('is sent after a connection that broke before it went out', async () => {
    const { world, people } = await pair();
    const [anna] = people;
    world.gateway.connectionOf(anna.self.mid).cut();
    await anna.send('later');
    expect(anna.stateOf('later')).toBe('sending');
    await world.everyoneSees(people, 'later');
    expect(sent(world)).toBe(1);
  });

  it('is sealed again when a commit overtook it, and raises no false alarm', async () => {
    const { world, people } = await pair();
    const [anna, ben] = people;
    const error = { code: 'ERR_EPOCH_STALE' as const, message: 'stale' };
    world.gateway.faults.refuseNext('send_message', error);
    await anna.send('in the new epoch');
    await anna.send('and another');
    await world.everyoneSees(people, 'in the new epoch', 'and another');
    expect(ben.alarms).toEqual([]);
  });

  it('goes through in the middle of a join', async () => {
    const { world, people } = await pair();
    const { invitation } = people[0].events.find((event) => event.type === 'invitation')!;
    const carl = world.person();
    await world.settled(carl.join({ code: invitation.code }));
    for (let i = 0; i < 4; i++) {
      await people[i % 2]!.send(`during the join ${i}`);
      await world.pass(400);
    }
    await world.until(() => carl.active, 'carl is in');
    const texts = [0, 1, 2, 3].map((i) => `during the join ${i}`);
    await world.everyoneSees(people, ...texts);
    expect(people.map((person) => person.alarms)).toEqual([[], []]);
  });

  it('waits in order when the server says that it is too fast', async () => {
    const { world, people } = await pair();
    const texts = Array.from({ length: 12 }, (_, i) => `quick ${i}`);
    for (const text of texts) await people[0].send(text);
    await world.everyoneSees(people, ...texts);
    expect(people[1].texts).toEqual(texts);
    expect(
      people[0].events.filter((event) => event.type === 'message' && event.message.state === 'failed'),
    ).toEqual([]);
  });

  it('is repeated with the same bytes when it is not known whether it was stored', async () => {
    const { world, people } = await pair();
    const error = { code: 'ERR_INDETERMINATE' as const, message: 'perhaps', retryAfterMs: 200 };
    world.gateway.faults.refuseNext('send_message', error);
    await people[0].send('perhaps');
    await world.everyoneSees(people, 'perhaps');
    const [first, second] = world.gateway.seen.filter(isMessage);
    expect(second).toEqual(first);
  });

  it('fails with a reason when the server refuses it for good, and can be tried again or taken away', async () => {
    const { world, people } = await pair();
    const [anna] = people;
    const error = { code: 'ERR_TOO_LARGE' as const, message: 'too large' };
    world.gateway.faults.refuseNext('send_message', error);
    const refused = await anna.send('refused');
    await anna.send('fine');
    await world.everyoneSees(people, 'fine');
    expect(anna.messages.find(({ id }) => id === refused.id)).toMatchObject({
      state: 'failed',
      error: 'ERR_TOO_LARGE',
    });
    await anna.client.retry(refused.id);
    await world.everyoneSees(people, 'refused');
    world.gateway.faults.refuseNext('send_message', error);
    const again = await anna.send('never mind');
    await world.until(() => anna.stateOf('never mind') === 'failed', 'it failed');
    await anna.client.discard(again.id);
    expect(anna.texts).toEqual(['refused', 'fine']);
  });

  it('that the server claims to know, and that is not in its log, fails', async () => {
    const { world, people } = await pair();
    world.gateway.faults.refuseNext('send_message', { code: 'ERR_DUPLICATE', message: 'known' });
    await people[0].send('known');
    await people[0].send('next');
    await world.everyoneSees(people, 'next');
    expect(people[0].messages[0]).toMatchObject({ state: 'failed', error: 'ERR_DUPLICATE' });
  });

  it('of an old generation is sent again when the log shows that the same group goes on', async () => {
    const { world, people } = await pair();
    const error = { code: 'ERR_GENERATION' as const, message: 'founded anew', current: 2 };
    world.gateway.faults.refuseNext('send_message', error);
    await people[0].send('a moment later');
    await world.everyoneSees(people, 'a moment later');
    expect(people[1].texts).toEqual(['a moment later']);
  });

  it('is refused before it is queued when it is empty, too long, or one too many', async () => {
    const { people } = await pair();
    const [anna] = people;
    await expect(anna.send(' \n ')).rejects.toMatchObject({ code: 'ERR_TEXT_EMPTY' });
    await expect(anna.send('x'.repeat(4_001))).rejects.toMatchObject({ code: 'ERR_TEXT_TOO_LONG' });
    for (let i = 0; i < MAX_QUEUED; i++) await anna.send(`queued ${i}`);
    await expect(anna.send('one more')).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
    expect(anna.messages).toHaveLength(MAX_QUEUED);
  });

  it('may be as long as the limit, in any script', async () => {
    const { world, people } = await pair();
    const text = '語'.repeat(4_000);
    await people[0].send(text);
    await world.everyoneSees(people, text);
  });
});
