import { describe, expect, it } from '@jest/globals';
import { judgeCommit } from './apply-commit.ts';
import { concat, toHex } from './bytes.ts';
import { decodeCommit } from './commit.ts';
import { openCommitFrame, parseCommitFrame } from './commit-frame.ts';
import type { CommitOp, RemoveReason } from './commit-ops.ts';
import { mix } from './derive.ts';
import { Group } from './group.ts';
import { deriveInvite } from './invite.ts';
import { decodeInviteCode } from './invite-code.ts';
import { checkKeyPackage, createKeyPackage } from './key-package.ts';
import { encodeParams, type GroupParams } from './params.ts';
import { openRotation } from './rotation.ts';
import { forgeRekey } from './test-support/forged-rekey.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { PARAMS, Room, text, welcomeFor, wrapFor } from './test-support/room.ts';
import { aesGcmOpen, randomBytes } from './webcrypto.ts';
import { u32 } from './writer.ts';

const keys = keyPool();
const none = { addKeyPackages: [], removes: [] };
const kick = (idx: number) => ({ ...none, removes: [{ idx, reason: 'kick' as const }] });

describe.each([1, 2] as const)('a kick, in suite %i', (suite) => {
  it('gives all who stay the same new link, from which a newcomer derives the same invite', async () => {
    const room = await Room.with(4, keys, suite);
    const [alice, bob, carol] = [room.member(0), room.member(1), room.member(2)];
    const prepared = await alice.group.prepareCommit(kick(3));
    const seq = room.items.push(prepared.frame);
    const effects = [
      await alice.group.merge(prepared, seq),
      await bob.group.applyCommit(seq, prepared.frame, wrapFor(prepared, bob)),
      await carol.group.applyCommit(seq, prepared.frame, wrapFor(prepared, carol)),
    ];
    const [first, ...others] = effects.map(({ rotated }) => rotated);
    if (!first) throw new Error('the link did not change');
    expect(others).toEqual([first, first]);
    const stretch = { kdf: 0, iter: 0 } as const;
    expect(await deriveInvite(await decodeInviteCode(first.code), undefined, stretch)).toEqual(first.invite);
    expect(prepared.rotateWire).toEqual({ rid: first.invite.rid, gate: first.invite.gate });
    expect(first.invite.rid).not.toEqual(room.invite.rid);
    expect(new Set([alice, bob, carol].map(({ group }) => group.inviteGeneration))).toEqual(new Set([1]));
  });

  it('lets newcomers in by the new link only, while members keep their ids', async () => {
    const room = await Room.with(3, keys, suite);
    const late = await room.candidate();
    const ids = room.member(0).group.roster.map(({ mid }) => toHex(mid));
    await room.commit(0, kick(2));
    const refused = room.member(1).group.prepareCommit({ ...none, addKeyPackages: [late.keyPackage.bytes] });
    expect(await refusalOf(refused)).toBe('ERR_INVITE');
    await room.admit(1, [await room.candidate()]);
    expect(room.member(2).group.inviteGeneration).toBe(1);
    expect(
      room
        .member(2)
        .group.roster.map(({ mid }) => toHex(mid))
        .slice(0, 2),
    ).toEqual(ids.slice(0, 2));
    expect(await room.say(2, 'by the new link')).toEqual(['by the new link', 'by the new link']);
    await room.commit(2, { ...none, rekey: true });
    expect(await room.say(0, 'and on')).toEqual(['and on', 'and on']);
  });

  it('lets the new psk enter one epoch later, so that all can follow the kick itself', async () => {
    const room = await Room.with(2, keys, suite);
    const mallory = await Insider.join(room, await room.candidate());
    const old = room.invite;
    await mallory.follow(await room.commit(0, kick(1)));
    expect(mallory.state.invite.psk).not.toEqual(old.psk);
    await mallory.follow(await room.commit(0, { ...none, rekey: true }));
    expect(toHex(mallory.epoch.secrets.authenticator)).toBe(toHex(room.member(0).group.authenticator));
    const renewal = await room.member(0).group.prepareCommit({ ...none, rekey: true });
    const stuck = { ...mallory.state, invite: { ...mallory.state.invite, psk: old.psk } };
    const wrap = renewal.wraps.find(({ idx }) => idx === mallory.idx);
    expect(await refusalOf(judgeCommit(stuck, renewal.frame, wrap))).toBe('ERR_CONFIRM');
  });
});

describe('claim 12: a kicked member can not come back with the old link', () => {
  it('honest members refuse its key packages, made with the old link or dressed up as new ones', async () => {
    const room = await Room.with(2, keys);
    const mallory = await Insider.join(room, await room.candidate());
    const old = room.invite;
    await room.commit(0, kick(mallory.idx));
    const { group } = room.member(1);
    const packages = [
      await createKeyPackage(mallory.identity, old, { createdMs: 1 }),
      await createKeyPackage(mallory.identity, { ...old, rid: room.invite.rid }, { createdMs: 1 }),
    ];
    const refusals = packages.map(({ bytes }) =>
      refusalOf(group.prepareCommit({ ...none, addKeyPackages: [bytes] })),
    );
    expect(await Promise.all(refusals)).toEqual(['ERR_INVITE', 'ERR_KP_MAC']);
    const expected = { suite: 2 } as const;
    const dressed = packages[1]?.bytes ?? new Uint8Array(0);
    expect(await refusalOf(checkKeyPackage(dressed, room.invite, expected))).toBe('ERR_KP_MAC');
  });

  it('it can not read the new link out of the commit, by hand and with all it ever held', async () => {
    const room = await Room.with(2, keys);
    const mallory = await Insider.join(room, await room.candidate());
    const prepared = await room.commit(0, kick(mallory.idx));
    const { epoch, state } = mallory;
    const full = await openCommitFrame(parseCommitFrame(prepared.frame), state.gid, epoch.secrets.handshake);
    const { body } = decodeCommit(full);
    const op = body.ops.find((each) => each.op === 'rotateInvite');
    if (op?.op !== 'rotateInvite') throw new Error('the kick carries no new invite');
    const place = concat(state.gid, u32(body.epoch + 1));
    const { init, handshake, header, authenticator } = epoch.secrets;
    const { psk, controlKey, joinKey, gate } = state.invite;
    const held = [init, handshake, header, authenticator, psk, controlKey, joinKey, gate, new Uint8Array(32)];
    for (const salt of held) {
      for (const secret of held) {
        const key = await mix(salt, secret, 'rotate', place);
        expect(await aesGcmOpen(key, new Uint8Array(12), state.gid, op.ciphertext)).toBeUndefined();
      }
    }
  });

  it('a malicious server that plays its old frames and welcomes gets nobody to follow', async () => {
    const room = await Room.with(2, keys);
    const mallory = await Insider.join(room, await room.candidate());
    await room.commit(0, kick(mallory.idx));
    const bob = room.member(1);
    const { epoch } = bob.group;
    const frame = await mallory.forgeCommit({ rekey: true, epoch });
    expect(await refusalOf(bob.group.applyCommit(room.seq + 1, frame))).toBe('ERR_CTL_MAC');
    const victim = await room.candidate();
    const fake = await Group.found({
      ...victim,
      invite: mallory.state.invite,
      rid0: room.invite.rid,
      params: PARAMS,
    });
    const newcomer = await room.candidate();
    const refused = fake.prepareCommit({ ...none, addKeyPackages: [newcomer.keyPackage.bytes] });
    expect(await refusalOf(refused)).toBe('ERR_INVITE');
  });
});

describe('claim 11: C8c: who may kick', () => {
  const mayKick = async (rule: 0 | 1 | 2, by: number) => {
    const room = await Room.with(3, keys, 1, { kick: rule });
    return refusalOf(room.member(by).group.prepareCommit(kick(by === 2 ? 1 : 2)));
  };

  it.each([
    [0, 0, 'ERR_POLICY'],
    [0, 1, 'ERR_POLICY'],
    [1, 0, 'accepted'],
    [1, 1, 'ERR_POLICY'],
    [2, 0, 'accepted'],
    [2, 1, 'accepted'],
  ] as const)('rule %i, member %i: %s', async (rule, by, outcome) => {
    expect(await mayKick(rule, by)).toBe(outcome);
  });

  it.each([
    [0, 'ERR_POLICY'],
    [1, 'ERR_POLICY'],
    [2, 'ERR_NO_WRAP'],
  ] as const)('rule %i: every other member judges a hostile kick by it: %s', async (rule, outcome) => {
    const room = await Room.with(2, keys, 1, { kick: rule });
    const mallory = await Insider.join(room, await room.candidate());
    const rotation: CommitOp = { op: 'rotateInvite', generation: 1, ciphertext: randomBytes(67) };
    const frame = await mallory.forgeCommit({ rekey: true, ops: [remove(0, 'kick'), rotation] });
    expect(await refusalOf(room.member(1).group.applyCommit(room.seq + 1, frame))).toBe(outcome);
  });

  it('the owner is whoever all compute it to be, and the heir may do what the owner could', async () => {
    const room = await Room.with(4, keys);
    await room.commit(2, { ...none, removes: [{ idx: 0, reason: 'timeout' }] });
    expect(room.members.map(({ group }) => group.self.role)).toEqual(['owner', 'member', 'member']);
    expect(await refusalOf(room.member(1).group.prepareCommit(kick(3)))).toBe('ERR_POLICY');
    await room.commit(0, kick(3));
    expect(room.members).toHaveLength(2);
  });
});

describe('a rotation by a hostile member is refused', () => {
  const rotate = (generation: number): CommitOp => ({
    op: 'rotateInvite',
    generation,
    ciphertext: randomBytes(67),
  });

  async function judged(ops: CommitOp[], rekey = true) {
    const room = await Room.with(2, keys, 1, { kick: 2 });
    const mallory = await Insider.join(room, await room.candidate());
    const frame = await mallory.forgeCommit({ rekey, ops });
    return refusalOf(room.member(1).group.applyCommit(room.seq + 1, frame));
  }

  it('a kick without one, so that who is kicked could walk in again', async () => {
    expect(await judged([remove(0, 'kick')])).toBe('ERR_POLICY');
    expect(await judged([remove(0, 'timeout')])).toBe('ERR_NO_WRAP');
  });

  it('one of another generation than the next, or two at once', async () => {
    expect(await judged([rotate(0)])).toBe('ERR_OP');
    expect(await judged([rotate(2)])).toBe('ERR_OP');
    expect(await judged([rotate(1), rotate(1)])).toBe('ERR_OP');
    expect(await judged([rotate(1)])).toBe('ERR_NO_WRAP');
    expect(await judged([rotate(1)], false)).toBe('ERR_REMOVE_NEEDS_REKEY');
  });

  it('one beside a newcomer, who would come in by a link that just ended', async () => {
    const room = await Room.with(2, keys, 1, { kick: 2 });
    const mallory = await Insider.join(room, await room.candidate());
    const { bytes } = (await room.candidate()).keyPackage;
    const ops: CommitOp[] = [{ op: 'add', idx: 3, keyPackage: bytes }, rotate(1)];
    const frame = await mallory.forgeCommit({ rekey: true, ops });
    expect(await refusalOf(room.member(1).group.applyCommit(room.seq + 1, frame))).toBe('ERR_OP');
    const both = { ...none, addKeyPackages: [bytes], rotate: true };
    expect(await refusalOf(room.member(0).group.prepareCommit(both))).toBe('ERR_OP');
  });

  it('one that opens for nobody leaves all as they were', async () => {
    const secrets = {
      gid: randomBytes(32),
      newEpoch: 3,
      init: randomBytes(32),
      commitSecret: randomBytes(32),
    };
    expect(await refusalOf(openRotation(secrets, 1, randomBytes(67)))).toBe('ERR_INVITE');
  });

  it.each([1, 2] as const)(
    'one that opens for nobody in a commit that is sound in all else, suite %i',
    async (suite) => {
      const room = await Room.with(2, keys, suite, { kick: 2 });
      const mallory = await Insider.join(room, await room.candidate());
      const bob = room.member(1);
      const before = [bob.group.epoch, bob.group.position, toHex(bob.group.authenticator)];
      const bad = await forgeRekey(mallory, bob, [rotate(1)]);
      const applied = bob.group.applyCommit(room.seq + 1, bad.frame, bad.wrap);
      expect(await refusalOf(applied)).toBe('ERR_INVITE');
      expect([bob.group.epoch, bob.group.position, toHex(bob.group.authenticator)]).toEqual(before);
      const sound = await forgeRekey(mallory, bob, []);
      await bob.group.applyCommit(room.seq + 1, sound.frame, sound.wrap);
      expect(bob.group.epoch).toBe(mallory.epoch.context.epoch + 1);
    },
  );
});

describe('a change of the link without a kick', () => {
  it('keeps everybody in', async () => {
    const room = await Room.with(3, keys);
    const prepared = await room.commit(0, { ...none, rotate: true });
    expect(prepared).toMatchObject({ rekey: true, removes: [], rotate: { inviteGeneration: 1 } });
    expect(await room.say(1, 'same people')).toEqual(['same people', 'same people']);
  });

  it('asks for the password of a room that has one, and for none elsewhere', async () => {
    const locked = await Room.with(2, keys, 2, { hasPassword: true });
    const password = { password: 'horse', stretch: { kdf: 1, iter: 600_000 } } as const;
    const { group } = locked.member(0);
    expect(await refusalOf(group.prepareCommit({ ...none, rotate: true }))).toBe('ERR_FORMAT');
    const weak = { ...password, stretch: { kdf: 1, iter: 599_999 } } as const;
    expect(await refusalOf(group.prepareCommit({ ...none, rotate: true, password: weak }))).toBe(
      'ERR_KDF_WEAK',
    );
    const { rotate } = await locked.commit(0, { ...none, rotate: true, password });
    const linkSecret = await decodeInviteCode(rotate?.code ?? '');
    expect(await deriveInvite(linkSecret, 'horse', password.stretch)).toEqual(locked.invite);
    const open = await Room.with(1, keys);
    const refused = open.member(0).group.prepareCommit({ ...none, rotate: true, password });
    expect(await refusalOf(refused)).toBe('ERR_FORMAT');
  });

  it('forgets the new link when its commit lost against another', async () => {
    const room = await Room.with(2, keys, 2, { kick: 2 });
    const [alice, bob] = [room.member(0), room.member(1)];
    const lost = await bob.group.prepareCommit({ ...none, rotate: true });
    const winner = await alice.group.prepareCommit({ ...none, rekey: true });
    await bob.group.applyCommit(room.seq + 1, winner.frame, wrapFor(winner, bob));
    const secrets = [lost.rotate?.linkSecret, lost.rotate?.invite.psk, lost.rotate?.invite.joinKey];
    expect(secrets.every((secret) => secret?.every((byte) => byte === 0))).toBe(true);
    expect(bob.group.inviteGeneration).toBe(0);
  });
});

describe('claim 25: the rules of a room', () => {
  it('are changed by the owner, for all and openly', async () => {
    const room = await Room.with(3, keys);
    const params: GroupParams = { ...PARAMS, kick: 2, join: 1, rekeySeconds: 300 };
    const prepared = await room.commit(0, { ...none, params });
    expect(prepared.rekey).toBe(true);
    expect(room.members.map(({ group }) => group.params)).toEqual([params, params, params]);
    await room.commit(2, kick(1));
    await room.admit(0, [await room.candidate()]);
    expect(room.member(2).group.params).toEqual(params);
  });

  it('are changed by nobody else, not even by an honest client', async () => {
    const room = await Room.with(2, keys);
    const params: GroupParams = { ...PARAMS, kick: 2 };
    expect(await refusalOf(room.member(1).group.prepareCommit({ ...none, params }))).toBe('ERR_POLICY');
  });

  it.each([{ history: 1 }, { hasPassword: true }, { ttlSeconds: 86_400 }, { max: 2 }, { padId: 2 }] as const)(
    'do not change in %j, not even by the owner',
    async (change) => {
      const room = await Room.with(2, keys);
      const params: GroupParams = { ...PARAMS, ...change };
      expect(await refusalOf(room.member(0).group.prepareCommit({ ...none, params }))).toBe('ERR_POLICY');
    },
  );

  it('are not changed twice in a commit, nor to what no room can have, by an owner who cheats', async () => {
    const room = await Room.with(1, keys, 1);
    const heir = await Insider.join(room, await room.candidate());
    await heir.follow(await room.admit(0, [await room.candidate()]));
    await heir.follow(await room.commit(1, { ...none, removes: [{ idx: 0, reason: 'left' }] }));
    const bob = room.member(0).group;
    expect(bob.roster.map(({ idx, role }) => [idx, role])).toEqual([
      [1, 'owner'],
      [2, 'member'],
    ]);
    const judged = async (...ops: CommitOp[]) => {
      const frame = await heir.forgeCommit({ rekey: true, ops });
      return refusalOf(bob.applyCommit(room.seq + 1, frame));
    };
    const rules: CommitOp = { op: 'params', params: encodeParams({ ...PARAMS, kick: 2 }) };
    expect(await judged(rules)).toBe('ERR_NO_WRAP');
    expect(await judged(rules, rules)).toBe('ERR_OP');
    expect(await judged({ op: 'params', params: new Uint8Array(16).fill(9) })).toBe('ERR_FORMAT');
    const history: CommitOp = { op: 'params', params: encodeParams({ ...PARAMS, history: 1 }) };
    expect(await judged(history)).toBe('ERR_POLICY');
  });
});

describe('a newcomer who waited while the link changed', () => {
  it('is not let in by a welcome of before', async () => {
    const room = await Room.with(2, keys);
    const candidate = await room.candidate();
    const prepared = await room.member(1).group.prepareCommit({
      ...none,
      addKeyPackages: [candidate.keyPackage.bytes],
    });
    await room.commit(0, { ...none, rotate: true });
    const { groupInfo = new Uint8Array(0) } = prepared;
    const welcome = welcomeFor(prepared, candidate, room.seq + 1);
    const joining = Group.join({ ...candidate, invite: room.invite, welcome, groupInfo });
    expect(await refusalOf(joining)).toBe('ERR_CTL_MAC');
    expect(
      await refusalOf(room.member(0).group.open(room.seq + 1, await room.member(1).group.seal(text('x')))),
    ).toBe('accepted');
  });
});

function remove(idx: number, reason: RemoveReason): CommitOp {
  return { op: 'remove', idx, reason };
}
