import { describe, expect, it } from '@jest/globals';
import { webCryptoKeySource, type KeySource } from '@bytechat/crypto';
import type { ClientEventPayload, ShareSessionKey } from '@bytechat/protocol';
import { World, type Participant } from '@bytechat/testing';

type Stage = Extract<ClientEventPayload<'share_session_key'>, { kind: 'stage' }>;
type Commit = Extract<ClientEventPayload<'share_session_key'>, { kind: 'commit' }>;
type Found = Extract<ClientEventPayload<'share_session_key'>, { kind: 'found' }>;

const shared = (world: World): ShareSessionKey[] =>
  world.gateway.seen.filter((frame): frame is ShareSessionKey => 'kind' in (frame as object));

const commits = (world: World): number => shared(world).filter(({ kind }) => kind === 'commit').length;

const updates = (world: World): number => shared(world).filter(({ kind }) => kind === 'ku').length;

/** Keys that somebody can take a copy of while they are in use. */
class OpenKeySource implements KeySource {
  readonly pairs: CryptoKeyPair[] = [];

  async rsaKeyPair(): Promise<CryptoKeyPair> {
    const pair = await webCryptoKeySource.rsaKeyPair();
    this.pairs.push(pair);
    return pair;
  }
}

const concat = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** By hand, from the layouts of the protocol: whether one of these keys opens the wrap of the newest rekey for `victim`. */
async function opensNewestWrap(
  world: World,
  pairs: readonly CryptoKeyPair[],
  { victim, committer }: { victim: Participant; committer: Participant },
): Promise<boolean> {
  const frames = shared(world);
  const { gid } = frames.find((frame): frame is Found => frame.kind === 'found')!;
  const commit = frames.findLast((frame): frame is Commit => frame.kind === 'commit' && frame.rekey)!;
  const stage = frames.findLast((frame): frame is Stage => frame.kind === 'stage' && frame.wraps.length > 0)!;
  const { wrap } = stage.wraps.find(({ idx }) => idx === victim.self.idx)!;
  const epoch = concat(u16(0), u16(commit.expectEpoch + 1));
  const from = fromHex(committer.self.mid);
  for (const { privateKey, publicKey } of pairs) {
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
    const input = concat(text('BC1 wrap rekey\0'), gid, epoch, from, u16(spki.length), spki, u16(0));
    const label = await crypto.subtle.digest('SHA-256', input);
    const opened = await crypto.subtle.decrypt({ name: 'RSA-OAEP', label }, privateKey, wrap).then(
      () => true,
      () => false,
    );
    if (opened) return true;
  }
  return false;
}

describe('the keys that others encrypt to', () => {
  it('are replaced soon after they were used, by everybody but the founder who has used none', async () => {
    const world = new World();
    const { people } = await world.room(2);
    await world.pass(10_000);
    expect(updates(world)).toBe(2);
    await people[0]!.client.kick(people[2]!.self.mid);
    await world.pass(10_000);
    expect(updates(world)).toBe(3);
    await people[1]!.send('still here');
    await world.everyoneSees(people.slice(0, 2), 'still here');
    expect(people[1]!.alarms).toEqual([]);
  });

  it('are sent once more, in the same bytes, when nobody knows whether they arrived', async () => {
    const world = new World();
    const faults = world.gateway.faults;
    let asked = 0;
    faults.requests((_connection, event, payload) => {
      if (event !== 'share_session_key' || (payload as ShareSessionKey).kind !== 'ku') return undefined;
      if (++asked === 1) return { code: 'ERR_RATE', message: '', retryAfterMs: 3_000 };
      if (asked === 2) faults.loseNextAck('share_session_key');
      return undefined;
    });
    await world.room(1);
    await world.pass(30_000);
    const sent = shared(world).flatMap((frame) => (frame.kind === 'ku' ? [frame.bytes] : []));
    expect(sent).toHaveLength(3);
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[2]).toEqual(sent[0]);
  });

  it('do not stay when they can not be replaced: the member comes in anew', async () => {
    const world = new World();
    world.gateway.faults.requests((_connection, event, payload) =>
      event === 'share_session_key' && (payload as ShareSessionKey).kind === 'ku'
        ? { code: 'ERR_BUSY', message: '' }
        : undefined,
    );
    const { people } = await world.room(1);
    const [, ben] = people as [Participant, Participant];
    const { mid } = ben.self;
    await world.until(() => ben.told('rejoined') && ben.active, 'ben came in anew', 700_000);
    expect(ben.self.mid).not.toBe(mid);
  });
});

describe("claim 15: a thief of a member's keys", () => {
  it('opens what is encrypted to them, and nothing any more after an update and a commit', async () => {
    const world = new World();
    const { invitation, people } = await world.room(2, { suite: 1 });
    const [anna, carl, dora] = people as [Participant, Participant, Participant];
    const keySource = new OpenKeySource();
    const ben = world.person({ keySource });
    await world.settled(ben.join({ code: invitation.code }));
    await world.until(() => ben.active, 'ben is in');
    await world.pass(10_000);
    const stolen = [...keySource.pairs];
    const who = { victim: ben, committer: anna };
    await world.settled(anna.client.kick(carl.self.mid));
    expect(await opensNewestWrap(world, stolen, who)).toBe(true);
    await world.pass(10_000);
    await world.settled(anna.client.kick(dora.self.mid));
    expect(await opensNewestWrap(world, stolen, who)).toBe(false);
    expect(await opensNewestWrap(world, keySource.pairs, who)).toBe(true);
    await anna.send('only for ben');
    await world.everyoneSees([anna, ben], 'only for ben');
  });
});

describe("claim 28: a server that keeps a member's newer keys back", () => {
  it('gets nothing encrypted to the old ones, and the person is told', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const [anna, ben, carl] = people as [Participant, Participant, Participant];
    await world.pass(10_000);
    await ben.send('with new keys');
    await world.everyoneSees(people, 'with new keys');
    const { rooms } = world.gateway;
    const honest = rooms.keyUpdates.bind(rooms);
    rooms.keyUpdates = async () => ({ updates: [], more: false });
    const before = commits(world);
    await expect(world.settled(anna.client.kick(carl.self.mid))).rejects.toMatchObject({
      code: 'ERR_KU_ROLLBACK',
    });
    expect(commits(world)).toBe(before);
    expect(anna.lines.at(-1)).toMatchObject({ kind: 'unreadable', code: 'ERR_KU_ROLLBACK' });
    rooms.keyUpdates = honest;
    await world.settled(anna.client.kick(carl.self.mid));
    await world.everyoneSees([anna, ben], 'with new keys');
  });

  it('can not keep the room on old keys: it begins anew, and all are told', async () => {
    const world = new World();
    const { people } = await world.room(2);
    const [anna, ben] = people as [Participant, Participant];
    await world.pass(10_000);
    await ben.send('with new keys');
    await world.everyoneSees(people, 'with new keys');
    world.gateway.rooms.keyUpdates = async () => ({ updates: [], more: false });
    const isAnew = (): boolean => people.every((one) => one.told('reinit') && one.active);
    await world.until(isAnew, 'it has begun anew', 800_000);
    await world.until(() => people.every(({ members }) => members.length === 3), 'all are in');
    await anna.send('new from the ground up');
    await world.everyoneSees(people, 'new from the ground up');
  });

  it('learns them once more from their member when it had lost them', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna, ben] = people as [Participant, Participant];
    await world.pass(10_000);
    const before = updates(world);
    world.gateway.connectionOf(ben.self.mid).cut();
    await world.until(() => ben.active && updates(world) > before, 'ben has sent them again');
    await anna.send('welcome back');
    await world.everyoneSees(people, 'welcome back');
  });
});
