import { beforeEach, describe, expect, it } from '@jest/globals';
import { judgeCommit } from './apply-commit.ts';
import { type Bytes, toHex } from './bytes.ts';
import { type Commit, decodeCommit } from './commit.ts';
import { openCommitFrame, parseCommitFrame } from './commit-frame.ts';
import { applyOps } from './commit-rules.ts';
import { enterEpoch, type EpochOutline, nextContext, outlineEpoch } from './epoch.ts';
import { parseEnvelope } from './envelope.ts';
import { ruleContext } from './group-state.ts';
import { keysOf } from './identity.ts';
import { createKeyPackage } from './key-package.ts';
import { joinerSecret } from './key-schedule.ts';
import type { PreparedCommit } from './prepare-commit.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { Room, text } from './test-support/room.ts';
import { aesGcmOpen, randomBytes, rsaUnwrap } from './webcrypto.ts';
import { unwrapSecret } from './wrap.ts';

const keys = keyPool();

describe.each([
  [1, 'timeout'],
  [2, 'timeout'],
  [1, 'kick'],
  [2, 'kick'],
] as const)('claim 11: a removed member, in suite %i, by %s', (suite, reason) => {
  let room: Room;
  let mallory: Insider;
  let removal: PreparedCommit;
  let commit: Commit;
  let outline: EpochOutline;

  /** Mallory was here for two epochs, read everything, and is removed; she still gets all that the server has. */
  beforeEach(async () => {
    room = await Room.with(3, keys, suite);
    mallory = await Insider.join(room, await room.candidate());
    await mallory.follow(await room.commit(1, { addKeyPackages: [], removes: [], rekey: true }));
    removal = await room.commit(0, {
      addKeyPackages: [],
      removes: [{ idx: mallory.idx, reason }],
    });
    const { epoch, state } = mallory;
    const full = await openCommitFrame(parseCommitFrame(removal.frame), state.gid, epoch.secrets.handshake);
    commit = decodeCommit(full);
    const change = await applyOps(epoch, commit.body.ops, ruleContext(state, commit.body.committer, true));
    const context = await nextContext(epoch, commit.bodyBytes, change);
    outline = await outlineEpoch(context, change.roster, change.directory);
  });

  it('learns that it was removed, and gets no epoch', async () => {
    const { next, change, rotated } = await judgeCommit(mallory.state, removal.frame, undefined);
    expect([next, rotated]).toEqual([undefined, undefined]);
    expect(change.removed).toMatchObject([{ entry: { idx: mallory.idx }, reason }]);
  });

  it('A1: can not derive the next epoch by hand from anything it ever held', async () => {
    const held = heldSecrets();
    const derivations = held.flatMap((init) => held.map((secret) => tryEpoch(init, secret)));
    expect(new Set(await Promise.all(derivations))).toEqual(new Set(['ERR_CONFIRM']));
  });

  it('A1: the same derivation by hand does give the epoch of a commit that only adds', async () => {
    await room.admit(0, [await room.candidate()]);
    const [before, added] = [await Insider.join(room, await room.candidate()), await room.candidate()];
    const addition = await room.commit(0, { addKeyPackages: [added.keyPackage.bytes], removes: [] });
    await before.follow(addition);
    expect(toHex(before.epoch.secrets.authenticator)).toBe(toHex(room.member(0).group.authenticator));
  });

  it('C8: can not open any wrap of the commit that removed it', async () => {
    const { identity, state } = mallory;
    const from = room.member(0).group.self.mid;
    const context = { kind: 'rekey', gid: state.gid, newEpoch: outline.context.epoch, from } as const;
    expect(removal.wraps.map(({ idx }) => idx)).toEqual([1, 2]);
    for (const { wrap } of removal.wraps) {
      expect(await refusalOf(unwrapSecret(identity, context, commit.body.ephemeralPoint, wrap))).toBe(
        'ERR_UNWRAP',
      );
      expect(await rsaUnwrap(keysOf(identity).rsa, new Uint8Array(0), wrap.slice(0, 256))).toBeUndefined();
    }
  });

  it('C8: reads nothing that is written afterwards', async () => {
    const env = await room.member(0).group.seal(text('she is gone'));
    expect(await refusalOf(mallory.read(env))).toBe('ERR_EPOCH');
    const { iv, ciphertext } = parseEnvelope(env);
    for (const key of heldSecrets()) {
      expect(await aesGcmOpen(key, iv, new Uint8Array(0), ciphertext)).toBeUndefined();
    }
  });

  it('C8: writes nothing that is accepted afterwards', async () => {
    const bob = room.member(1);
    const env = await mallory.sealOwn(text('still here?'), 0);
    expect(await refusalOf(bob.group.open(room.seq + 1, env))).toBe('ERR_EPOCH');
    const renumbered = new Uint8Array(env);
    renumbered.set([0, 0, 0, bob.group.epoch], 4);
    expect(await refusalOf(bob.group.open(room.seq + 2, renumbered))).toBe('ERR_AEAD');
    const frame = await mallory.forgeCommit({ rekey: true });
    const refused = reason === 'kick' ? 'ERR_CTL_MAC' : 'ERR_EPOCH';
    expect(await refusalOf(bob.group.applyCommit(room.seq + 3, frame))).toBe(refused);
  });

  it('leaves a group that goes on: all others read each other', async () => {
    expect(await room.say(0, 'on we go')).toEqual(['on we go', 'on we go']);
    expect(await room.say(2, 'indeed')).toEqual(['indeed', 'indeed']);
  });

  function heldSecrets(): Bytes[] {
    const { invite } = mallory.state;
    const chains = mallory.hoard.flatMap((epoch) => [...epoch.chains.values()].map(({ key }) => key));
    const secrets = mallory.hoard.flatMap(({ secrets: kept }) => [
      kept.init,
      kept.header,
      kept.handshake,
      kept.authenticator,
    ]);
    return [
      new Uint8Array(32),
      invite.psk,
      invite.controlKey,
      invite.joinKey,
      ...secrets,
      ...chains.slice(0, 4),
    ];
  }

  async function tryEpoch(init: Bytes, commitSecret: Bytes) {
    const joiner = await joinerSecret(init, commitSecret, outline.contextHash);
    return refusalOf(enterEpoch(outline, joiner, mallory.state.invite.psk, commit.confirmTag));
  }
});

describe('a member that learns of its own removal', () => {
  it('erases itself and refuses all further work', async () => {
    const room = await Room.with(3, keys);
    const carol = room.member(2);
    await room.commit(1, { addKeyPackages: [], removes: [{ idx: 2, reason: 'left' }] });
    expect(room.members).toHaveLength(2);
    expect(await refusalOf(carol.group.seal(text('hello?')))).toBe('ERR_CLOSED');
    expect(() => carol.group.authenticator).toThrow(expect.objectContaining({ code: 'ERR_CLOSED' }));
  });

  it('can come back with its identity and a fresh key package, at the lowest free place', async () => {
    const room = await Room.with(3, keys);
    const { identity } = room.member(1);
    await room.commit(0, { addKeyPackages: [], removes: [{ idx: 1, reason: 'left' }] });
    const keyPackage = await createKeyPackage(identity, room.invite, { createdMs: 2 });
    await room.admit(0, [{ identity, keyPackage }]);
    expect(room.member(2).group.self.idx).toBe(1);
    expect(await room.say(2, 'back')).toEqual(['back', 'back']);
  });

  it('leaves the ownership to whoever has been here longest', async () => {
    const room = await Room.with(2, keys);
    await room.admit(0, [await room.candidate()]);
    await room.commit(2, { addKeyPackages: [], removes: [{ idx: 0, reason: 'left' }] });
    const roles = room.members.map(({ group }) => group.roster.map(({ idx, role }) => [idx, role]));
    expect(roles).toEqual([
      [
        [1, 'owner'],
        [2, 'member'],
      ],
      [
        [1, 'owner'],
        [2, 'member'],
      ],
    ]);
  });
});

describe('randomness', () => {
  it('gives every renewal of the keys another secret', async () => {
    const room = await Room.with(2, keys);
    const seen = new Set<string>();
    for (let i = 0; i < 5; i++) {
      await room.commit(i % 2, { addKeyPackages: [], removes: [], rekey: true });
      seen.add(toHex(room.member(0).group.authenticator));
    }
    expect(seen.size).toBe(5);
    expect(toHex(randomBytes(32))).not.toBe(toHex(randomBytes(32)));
  });
});
