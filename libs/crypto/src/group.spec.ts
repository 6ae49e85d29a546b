import { describe, expect, it } from '@jest/globals';
import { toHex } from './bytes.ts';
import { Group } from './group.ts';
import { createIdentity } from './identity.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { PARAMS, Room, text } from './test-support/room.ts';
import { itemHash } from './transcript.ts';

const keys = keyPool();

describe.each([1, 2] as const)('a group in suite %i', (suite) => {
  it('begins with its founder as owner, at position 0 of epoch 0', async () => {
    const { group } = (await Room.with(1, keys, suite)).member(0);
    expect(group).toMatchObject({
      epoch: 0,
      suite,
      params: PARAMS,
      self: { idx: 0, role: 'owner', joinedEpoch: 0 },
    });
    expect(group.position.seq).toBe(0);
    expect(group.gid).toHaveLength(32);
  });

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

  it('lets a newcomer catch up over what was said while it was admitted', async () => {
    const room = await Room.with(2, keys, suite);
    const candidate = await room.candidate();
    const change = { addKeyPackages: [candidate.keyPackage.bytes], removes: [] };
    const prepared = await room.member(0).group.prepareCommit(change);
    await room.say(1, 'in between');
    const seq = room.items.push(prepared.frame);
    await room.member(0).group.merge(prepared, seq);
    await room.member(1).group.applyCommit(seq, prepared.frame);
    const carol = await room.welcome(candidate, prepared, seq);
    room.members.push(carol);
    expect(carol.group.position).toEqual(room.member(0).group.position);
    expect(await room.say(2, 'hello all')).toEqual(['hello all', 'hello all']);
  });
});

describe('the count of sent items', () => {
  it('rises with stored items and not with ephemeral ones', async () => {
    const room = await Room.with(2, keys);
    const [alice, bob] = [room.member(0), room.member(1)];
    const counts: number[] = [];
    for (const ephemeral of [false, true, true, false, false]) {
      const env = await alice.group.seal(text('x'), { ephemeral });
      const seq = room.items.push(env);
      await alice.group.acceptOwn(seq, env);
      counts.push((await bob.group.open(seq, env)).sctr);
    }
    expect(counts).toEqual([0, 1, 1, 1, 2]);
  });

  it('shows no gap when a commit overtook a message that was then sealed again', async () => {
    const room = await Room.with(2, keys);
    await room.say(0, 'first');
    const overtaken = await room.member(0).group.seal(text('second'));
    await room.commit(1, { addKeyPackages: [], removes: [], rekey: true });
    expect(await refusalOf(room.member(1).group.open(room.seq + 1, overtaken))).toBe('ERR_EPOCH');
    room.items.push(overtaken);
    await room.member(0).group.skip(room.seq, await itemHash(overtaken));
    const again = await room.member(0).group.seal(text('second'));
    const opened = await room.member(1).group.open(room.seq + 1, again);
    expect(opened.sctr).toBe(1);
  });

  it('counts an own item that came back as a bare hash', async () => {
    const room = await Room.with(2, keys);
    const [alice, bob] = [room.member(0), room.member(1)];
    const env = await alice.group.seal(text('expired meanwhile'));
    const seq = room.items.push(env);
    await alice.group.skip(seq, await itemHash(env));
    await bob.group.skip(seq, await itemHash(env));
    await room.commit(0, { addKeyPackages: [], removes: [], rekey: true });
    expect((await bob.group.open(room.seq + 1, await alice.group.seal(text('next')))).sctr).toBe(1);
  });
});

describe('a group', () => {
  it('ranks its members anew in every epoch, alike for all', async () => {
    const room = await Room.with(4, keys);
    const orders = new Set<string>();
    for (let i = 0; i < 6; i++) {
      const ranks = await Promise.all(room.members.map(({ group }) => group.ranks()));
      expect(new Set(ranks.map((each) => [...each].join())).size).toBe(1);
      expect([...(ranks[0]?.values() ?? [])].sort()).toEqual([0, 1, 2, 3]);
      orders.add([...(ranks[0]?.keys() ?? [])].join());
      await room.commit(0, { addKeyPackages: [], removes: [], rekey: true });
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  it('handles calls one after the other, in their order', async () => {
    const room = await Room.with(2, keys);
    const { group } = room.member(0);
    const envs = await Promise.all(['a', 'b', 'c'].map((words) => group.seal(text(words))));
    for (const env of envs) await room.deliver(room.member(0), env);
    expect(room.member(1).group.position).toEqual(group.position);
  });

  it('is full when its rules say so', async () => {
    const room = await Room.with(1, keys);
    const { identity, keyPackage } = await room.candidate();
    const params = { ...PARAMS, max: 1 };
    const group = await Group.found({
      identity,
      keyPackage,
      invite: room.invite,
      rid0: room.invite.rid,
      params,
    });
    const { bytes } = (await room.candidate()).keyPackage;
    expect(await refusalOf(group.prepareCommit({ addKeyPackages: [bytes], removes: [] }))).toBe('ERR_FULL');
  });

  it('is not founded with rules out of range, or with the key package of somebody else', async () => {
    const room = await Room.with(1, keys);
    const founder = {
      ...(await room.candidate()),
      invite: room.invite,
      rid0: room.invite.rid,
      params: PARAMS,
    };
    const withParams = (params: Partial<typeof PARAMS>) =>
      refusalOf(Group.found({ ...founder, params: { ...PARAMS, ...params } }));
    expect(await withParams({ ttlSeconds: 59 })).toBe('ERR_FORMAT');
    expect(await withParams({ ttlSeconds: 86_401 })).toBe('ERR_FORMAT');
    expect(await withParams({ max: 0 })).toBe('ERR_FORMAT');
    const identity = await createIdentity(2, keys);
    expect(await refusalOf(Group.found({ ...founder, identity }))).toBe('ERR_GI_SELF');
    const otherSuite = await createIdentity(1, keys);
    expect(await refusalOf(Group.found({ ...founder, identity: otherSuite }))).toBe('ERR_SUITE');
  });

  it('can not follow a renewal of the keys once its identity was erased', async () => {
    const room = await Room.with(2, keys);
    room.member(1).identity.erase();
    const renewal = room.commit(0, { addKeyPackages: [], removes: [], rekey: true });
    expect(await refusalOf(renewal)).toBe('ERR_KEY_GONE');
  });

  it('gives a copy of its authenticator, so that callers can not erase its own', async () => {
    const room = await Room.with(2, keys);
    const copy = room.member(0).group.authenticator;
    copy.fill(0);
    expect(toHex(room.member(0).group.authenticator)).toBe(toHex(room.member(1).group.authenticator));
  });
});
