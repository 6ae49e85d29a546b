import { describe, expect, it } from '@jest/globals';
import type { ClientEventName } from '@bytechat/protocol';
import { World, type Participant } from '@bytechat/testing';

/** These members get wraps that don't open, in hints and from the log, until the returned function is called. */
function spoilWraps(world: World, victims: readonly Participant[]): () => void {
  const { rooms } = world.gateway;
  const idxs = new Set(victims.map(({ self }) => self.idx));
  const mids = new Set(victims.map(({ self }) => self.mid));
  const [wraps, sync] = [rooms.wraps.bind(rooms), rooms.sync.bind(rooms)];
  const spoilt = <T extends { wrap: Uint8Array }>(tagged: T): T => ({
    ...tagged,
    wrap: tagged.wrap.map((byte, index) => (index === 9 ? byte ^ 1 : byte)),
  });
  rooms.wraps = async (...args) => {
    const found = await wraps(...args);
    return new Map([...found].map(([idx, wrap]) => [idx, idxs.has(idx) ? spoilt(wrap) : wrap]));
  };
  rooms.sync = async (seat, from) => {
    const page = await sync(seat, from);
    if (!page.recovered || !mids.has(Buffer.from(seat.mid ?? []).toString('hex'))) return page;
    const items = page.items.map((item) =>
      item.kind === 'commit' && item.wrap ? { ...item, wrap: spoilt(item.wrap) } : item,
    );
    return { ...page, items };
  };
  return () => {
    rooms.wraps = wraps;
    rooms.sync = sync;
  };
}

/** Nobody but this member can renew the keys, until the returned function is called. */
function onlyCommits(world: World, committer: Participant): () => void {
  return world.gateway.faults.requests((connection, event, payload) => {
    const isOther = Buffer.from(connection.seat?.mid ?? []).toString('hex') !== committer.self.mid;
    const isStage = event === 'share_session_key' && (payload as { kind: string }).kind === 'stage';
    return isStage && isOther ? { code: 'ERR_BUSY', message: '' } : undefined;
  });
}

/** Dora leaves, and nobody but `committer` takes her out. */
async function renewedBy(world: World, committer: Participant, dora: Participant): Promise<void> {
  const stop = onlyCommits(world, committer);
  await world.settled(dora.client.leave());
  await world.until(() => committer.told('left'), 'dora is out');
  stop();
}

/** Who let somebody in, as member ids, from now on. */
function admitters(world: World): string[] {
  const mids: string[] = [];
  world.gateway.faults.requests((connection, event: ClientEventName, payload) => {
    const { kind, adds = [] } = payload as { kind?: string; adds?: unknown[] };
    if (event === 'share_session_key' && kind === 'commit' && adds.length > 0)
      mids.push(Buffer.from(connection.seat?.mid ?? []).toString('hex'));
    return undefined;
  });
  return mids;
}

const complaints = (world: World): number =>
  world.gateway.seen.filter((frame) => (frame as { kind?: string } | null)?.kind === 'nack').length;

describe('a member who alone can not follow a commit', () => {
  it('complains, and another one than its committer lets it in again as the member it was', async () => {
    const world = new World();
    const { people } = await world.room(3);
    const [anna, ben, carl, dora] = people as [Participant, Participant, Participant, Participant];
    await ben.send('before');
    await world.everyoneSees(people, 'before');
    const { mid } = ben.self;
    await anna.client.verify(mid, true);
    const stop = spoilWraps(world, [ben]);
    const helpers = admitters(world);
    await renewedBy(world, anna, dora);
    await world.until(() => complaints(world) > 0, 'ben complains');
    stop();
    const staying = [anna, ben, carl];
    await world.until(() => ben.told('rejoined') && ben.active, 'ben is in again');
    await world.until(() => staying.every(({ members }) => members.length === 3), 'all see each other');
    expect(ben.self.mid).toBe(mid);
    expect(anna.security?.verified).toMatchObject({ members: 1 });
    expect(helpers).toEqual([carl.self.mid]);
    expect(ben.told('unreadable')).toBe(true);
    await ben.send('after');
    await world.everyoneSees(staying, 'before', 'after');
    expect(staying.some((one) => one.told('reinit'))).toBe(false);
  });

  it('is let in by the committer where nobody else is', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna, ben] = people as [Participant, Participant];
    const stop = spoilWraps(world, [ben]);
    const alone = onlyCommits(world, anna);
    await ben.send('ages the keys');
    await world.until(() => complaints(world) > 0, 'ben complains', 700_000);
    alone();
    stop();
    await world.until(() => ben.told('rejoined') && ben.active, 'ben is in again');
    expect(anna.told('reinit')).toBe(false);
    await ben.send('after');
    await world.everyoneSees([anna, ben], 'after');
  });
});

describe('a commit that most members can not follow', () => {
  it('ends the group: it begins anew under the same link, and its committer has to come by hand', async () => {
    const world = new World();
    const { people } = await world.room(3);
    const [anna, ben, carl, dora] = people as [Participant, Participant, Participant, Participant];
    const stop = spoilWraps(world, [ben, carl]);
    await renewedBy(world, anna, dora);
    await world.until(() => complaints(world) === 2, 'both complain');
    stop();
    const founded = [ben, carl];
    await world.until(() => founded.every((one) => one.told('reinit') && one.active), 'the two are in');
    await world.until(() => founded.every(({ members }) => members.length === 2), 'they see each other');
    await ben.send('fresh start');
    await world.everyoneSees(founded, 'fresh start');
    await world.until(() => anna.connection.state === 'closed', 'anna is out');
    expect(anna.connection).toEqual({ state: 'closed', code: 'GENERATION' });
  });
});
