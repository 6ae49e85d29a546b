import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Bytes, concat, toHex } from './bytes.ts';
import type { CommitOp } from './commit-ops.ts';
import { initialHandshakeHash } from './key-schedule.ts';
import { tag } from './labels.ts';
import { encodeParams } from './params.ts';
import { forgeKeyPackage } from './test-support/forged-key-package.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { type Member, PARAMS, Room, wrapFor } from './test-support/room.ts';
import { itemHash } from './transcript.ts';
import { hmacSha256, randomBytes } from './webcrypto.ts';
import { wrapSecret, wrapTag } from './wrap.ts';

const keys = keyPool();

let room: Room;
let alice: Member;
let bob: Member;
let mallory: Insider;

/** Alice (idx 0, owner), Bob (idx 1) and Mallory (idx 2) in suite 1, where a wrap needs no key of the committer. */
beforeEach(async () => {
  room = await Room.with(2, keys, 1);
  [alice, bob] = [room.member(0), room.member(1)];
  mallory = await Insider.join(room, await room.candidate());
});

function fingerprint({ group }: Member): string {
  const { epoch, authenticator, position, roster } = group;
  return [epoch, toHex(authenticator), position.seq, toHex(position.transcript), roster.length].join();
}

/** What Bob says to a commit; whatever he refuses must leave him as he was, able to follow the next genuine one. */
async function bobOn(frame: Bytes, wrap?: { wrap: Bytes; tag: Bytes }) {
  const before = fingerprint(bob);
  const refusal = await refusalOf(bob.group.applyCommit(room.seq + 1, frame, wrap));
  expect(fingerprint(bob)).toBe(before);
  return refusal;
}

async function forged(ops: CommitOp[], rekey = false) {
  return bobOn(await mallory.forgeCommit({ ops, rekey }));
}

describe('claim 4: an altered commit or wrap is refused and changes nothing', () => {
  it('C3: every flipped byte of a commit', async () => {
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    const wrap = wrapFor(prepared, bob);
    for (let i = 0; i < prepared.frame.length; i++) {
      expect(await bobOn(flipped(prepared.frame, i), wrap)).not.toBe('accepted');
    }
    const effect = await bob.group.applyCommit(room.seq + 1, prepared.frame, wrap);
    expect(effect).toMatchObject({ epoch: 3, rekey: true, committer: 0, removedSelf: false });
  });

  it('C3: a server that makes one without the link', async () => {
    const frame = await mallory.forgeCommit({ rekey: true });
    const withoutTag = concat(frame.slice(0, -16), new Uint8Array(16));
    expect(await bobOn(withoutTag)).toBe('ERR_CTL_MAC');
  });

  it('C3: every flipped byte of a wrap, a missing one, and one for somebody else', async () => {
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    const own = wrapFor(prepared, bob);
    const foreign = prepared.wraps.find(({ idx }) => idx === mallory.idx);
    if (!own || !foreign) throw new Error('a wrap is missing');
    for (let i = 0; i < own.wrap.length; i++) {
      expect(await bobOn(prepared.frame, { ...own, wrap: flipped(own.wrap, i) })).toBe('ERR_WRAP_MAC');
    }
    expect(await bobOn(prepared.frame, { ...own, tag: flipped(own.tag, 3) })).toBe('ERR_WRAP_MAC');
    expect(await bobOn(prepared.frame)).toBe('ERR_NO_WRAP');
    expect(await bobOn(prepared.frame, foreign)).toBe('ERR_WRAP_MAC');
    const retagged = await wrapTag(room.invite, prepared.commitId, 1, foreign.wrap);
    expect(await bobOn(prepared.frame, { wrap: foreign.wrap, tag: retagged })).toBe('ERR_UNWRAP');
  });

  it('C14: a committer who gives one member a different secret', async () => {
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    expect(await bobOn(prepared.frame, await wrapToBob(prepared.commitId, randomBytes(32)))).toBe(
      'ERR_CONFIRM',
    );
    expect(await bobOn(prepared.frame, await wrapToBob(prepared.commitId, new Uint8Array(32)))).toBe(
      'ERR_CONFIRM',
    );
  });

  it('A14: a committer who gives one member a short secret', async () => {
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    expect(await bobOn(prepared.frame, await wrapToBob(prepared.commitId, randomBytes(16)))).toBe(
      'ERR_UNWRAP',
    );
  });

  it('A4: a properly signed commit with a wrong confirmation', async () => {
    const { bytes } = (await room.candidate()).keyPackage;
    expect(await forged([{ op: 'add', idx: 3, keyPackage: bytes }])).toBe('ERR_CONFIRM');
  });

  it('A5: a commit on another transcript, group, epoch or suite', async () => {
    const { gid } = alice.group;
    const rekey = true;
    const interimHash = await initialHandshakeHash(gid);
    expect(await bobOn(await mallory.forgeCommit({ rekey, interimHash }))).toBe('ERR_TRANSCRIPT');
    expect(await bobOn(await mallory.forgeCommit({ rekey, gid: randomBytes(32) }))).toBe('ERR_TRANSCRIPT');
    expect(await bobOn(await mallory.forgeCommit({ rekey, epoch: 1 }))).toBe('ERR_EPOCH');
    expect(await bobOn(await mallory.forgeCommit({ rekey, suite: 2 }))).toBe('ERR_SUITE');
    expect(await bobOn(await mallory.forgeCommit({ rekey, ephemeralPoint: randomBytes(65) }))).toBe(
      'ERR_FORMAT',
    );
  });

  it('A5: a commit of another version or kind, or with trailing bytes', async () => {
    const edits: [string, (full: Bytes) => Bytes][] = [
      ['version', (full) => concat(Uint8Array.of(2), full.slice(1))],
      ['kind', (full) => concat(full.slice(0, 41), Uint8Array.of(3), full.slice(42))],
      ['trailing', (full) => concat(full, new Uint8Array(1))],
      ['short', (full) => full.slice(0, -1)],
    ];
    for (const [, mangle] of edits) {
      expect(await bobOn(await mallory.forgeCommit({ rekey: true }, { mangle }))).toBe('ERR_FORMAT');
    }
  });

  it.each([
    ['another type', 3, 0x11],
    ['another version', 0, 2],
    ['the other suite', 2, 2],
  ])('A5: a sound commit in a frame of %s, with a proper tag', async (_what, at, value) => {
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    const tagged = prepared.frame.slice(0, -16);
    tagged[at] = value;
    const mac = await hmacSha256(room.invite.controlKey, concat(tag('ctl'), tagged));
    const refused = await bobOn(concat(tagged, mac.slice(0, 16)), wrapFor(prepared, bob));
    expect(refused).toMatch(at === 2 ? /^ERR_SUITE$/ : /^ERR_FORMAT$/);
  });

  it('claim 5: C4: a commit that was applied before', async () => {
    const prepared = await room.commit(0, { addKeyPackages: [], removes: [], rekey: true });
    expect(await bobOn(prepared.frame, wrapFor(prepared, bob))).toBe('ERR_EPOCH');
  });

  it('a commit out of its place in the sequence', async () => {
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    const early = bob.group.applyCommit(room.seq + 2, prepared.frame, wrapFor(prepared, bob));
    expect(await refusalOf(early)).toBe('ERR_SEQ_GAP');
  });

  async function wrapToBob(commitId: Bytes, secret: Bytes) {
    const keysOfBob = mallory.state.epoch.directory.get(1);
    if (!keysOfBob) throw new Error('Bob is not in the directory');
    const context = { kind: 'rekey', gid: alice.group.gid, newEpoch: 3, from: alice.group.self.mid } as const;
    const wrap = await wrapSecret(keysOfBob, context, { key: undefined, point: new Uint8Array(0) }, secret);
    return { wrap, tag: await wrapTag(room.invite, commitId, 1, wrap) };
  }
});

describe('claim 10: A3: an insider can not commit in the name of another member', () => {
  it('nor of somebody who is none', async () => {
    expect(await bobOn(await mallory.forgeCommit({ rekey: true, committer: 0 }))).toBe('ERR_COMMIT_SIG');
    expect(await bobOn(await mallory.forgeCommit({ rekey: true, committer: 9 }))).toBe('ERR_OP');
  });
});

describe('A6: a commit with illegal operations is refused', () => {
  it('an unknown operation', async () => {
    const { bytes } = (await room.candidate()).keyPackage;
    const opCode = 76;
    const mangle = (full: Bytes) => concat(full.slice(0, opCode), Uint8Array.of(6), full.slice(opCode + 1));
    const frame = await mallory.forgeCommit({ ops: [{ op: 'add', idx: 3, keyPackage: bytes }] }, { mangle });
    expect(await bobOn(frame)).toBe('ERR_OP');
  });

  it('an empty add, but an empty renewal of the keys is legal', async () => {
    expect(await forged([])).toBe('ERR_OP');
    expect(await forged([], true)).toBe('ERR_NO_WRAP');
  });

  it('removing nobody, twice, oneself, or for an unknown reason', async () => {
    const remove = (idx: number): CommitOp => ({ op: 'remove', idx, reason: 'left' });
    expect(await forged([remove(9)], true)).toBe('ERR_OP');
    expect(await forged([remove(0), remove(0)], true)).toBe('ERR_OP');
    expect(await forged([remove(mallory.idx)], true)).toBe('ERR_OP');
    const reasonAt = 76 + 3;
    const mangle = (full: Bytes) =>
      concat(full.slice(0, reasonAt), Uint8Array.of(4), full.slice(reasonAt + 1));
    expect(await bobOn(await mallory.forgeCommit({ ops: [remove(0)], rekey: true }, { mangle }))).toBe(
      'ERR_FORMAT',
    );
  });

  it('adding into an occupied place, beyond the lowest free one, or a key that is here', async () => {
    const { identity, keyPackage } = await room.candidate();
    const add = (idx: number): CommitOp => ({ op: 'add', idx, keyPackage: keyPackage.bytes });
    expect(await forged([add(1)])).toBe('ERR_OP');
    expect(await forged([add(4)])).toBe('ERR_OP');
    expect(await forged([{ op: 'add', idx: 3, keyPackage: bob.keyPackage.bytes }])).toBe('ERR_KP_DUP');
    const again = await forgeKeyPackage(keyPackage.bytes, identity, room.invite, {});
    expect(await forged([add(3), { op: 'add', idx: 4, keyPackage: again }])).toBe('ERR_KP_DUP');
  });

  it('claim 1: C1c: adding a key package whose MAC is missing or wrong', async () => {
    const { bytes } = (await room.candidate()).keyPackage;
    const stripped = concat(bytes.slice(0, -32), new Uint8Array(32));
    expect(await forged([{ op: 'add', idx: 3, keyPackage: stripped }])).toBe('ERR_KP_MAC');
    expect(await forged([{ op: 'add', idx: 3, keyPackage: bytes.slice(0, -32) }])).not.toBe('accepted');
  });

  it('claim 11: C8b: an add that also removes', async () => {
    const { bytes } = (await room.candidate()).keyPackage;
    const add: CommitOp = { op: 'add', idx: 3, keyPackage: bytes };
    expect(await forged([add, { op: 'remove', idx: 0, reason: 'left' }])).toBe('ERR_REMOVE_NEEDS_REKEY');
  });

  it('claim 25: kicks, invite rotations and rule changes by who is not the owner, and new signing keys', async () => {
    const ops: CommitOp[] = [
      { op: 'remove', idx: 1, reason: 'kick' },
      { op: 'rotateInvite', generation: 1, ciphertext: randomBytes(67) },
      { op: 'params', params: encodeParams({ ...PARAMS, rekeySeconds: 300 }) },
      { op: 'resign', newPub: randomBytes(65), proof: randomBytes(64) },
    ];
    for (const op of ops) {
      expect(await forged([op], true)).toBe('ERR_POLICY');
      expect(await forged([op])).toBe('ERR_REMOVE_NEEDS_REKEY');
    }
  });
});

describe('an honest committer', () => {
  it('can not make a commit that others would refuse', async () => {
    const kp = bob.keyPackage.bytes;
    const none = { addKeyPackages: [], removes: [] };
    expect(await refusalOf(alice.group.prepareCommit(none))).toBe('ERR_OP');
    expect(await refusalOf(alice.group.prepareCommit({ ...none, addKeyPackages: [kp] }))).toBe('ERR_KP_DUP');
    const self = { ...none, removes: [{ idx: 0, reason: 'left' as const }] };
    expect(await refusalOf(alice.group.prepareCommit(self))).toBe('ERR_OP');
  });

  it('changes nothing before its commit is accepted', async () => {
    const before = fingerprint(alice);
    const { bytes } = (await room.candidate()).keyPackage;
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [bytes], removes: [] });
    expect(fingerprint(alice)).toBe(before);
    expect(prepared).toMatchObject({ rekey: false, expectEpoch: 2, wraps: [], removes: [] });
    expect(prepared.commitId).toEqual(await itemHash(prepared.frame));
  });

  it('adds and removes in one commit without reusing the place that becomes free', async () => {
    const newcomer = await room.candidate();
    const change = {
      addKeyPackages: [newcomer.keyPackage.bytes],
      removes: [{ idx: 1, reason: 'timeout' as const }],
    };
    const prepared = await room.commit(0, change, [newcomer]);
    expect(prepared.adds).toEqual([{ idx: 3, kph: newcomer.keyPackage.kph }]);
    expect(prepared.removes).toEqual([{ idx: 1, reason: 'timeout' }]);
    expect(prepared.wraps.map(({ idx }) => idx)).toEqual([2]);
    expect(alice.group.roster.map(({ idx }) => idx)).toEqual([0, 2, 3]);
  });

  it('claim 16: C12: loses against another commit of the same epoch, follows it and tries again', async () => {
    const change = { addKeyPackages: [], removes: [], rekey: true };
    const [winner, loser] = [await alice.group.prepareCommit(change), await bob.group.prepareCommit(change)];
    const seq = room.items.push(winner.frame);
    await alice.group.merge(winner, seq);
    await bob.group.applyCommit(seq, winner.frame, wrapFor(winner, bob));
    expect(await refusalOf(bob.group.merge(loser, seq + 1))).toBe('ERR_EPOCH');
    await mallory.follow(winner);
    const again = await room.commit(1, change);
    await mallory.follow(again);
    expect(fingerprint(alice)).toBe(fingerprint(bob));
    expect(toHex(mallory.epoch.secrets.authenticator)).toBe(toHex(bob.group.authenticator));
  });

  it('recognises its own commit when it arrives from the log before the acknowledgement', async () => {
    const prepared = await alice.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    const effect = await alice.group.applyCommit(room.seq + 1, prepared.frame);
    expect(effect).toMatchObject({ epoch: 3, committer: 0, rekey: true });
    expect(await refusalOf(alice.group.merge(prepared, room.seq + 2))).toBe('ERR_EPOCH');
  });
});
