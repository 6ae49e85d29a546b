import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Bytes, concat } from './bytes.ts';
import { createNack, type NackCode, nackCodeOf, parseNack } from './nack.ts';
import { createKeyPackage } from './key-package.ts';
import { createIdentity, signAs } from './identity.ts';
import type { PreparedCommit } from './prepare-commit.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { type Member, Room } from './test-support/room.ts';
import { randomBytes } from './webcrypto.ts';

const keys = keyPool();
const none = { addKeyPackages: [], removes: [] };

let room: Room;
let alice: Member;
let bob: Member;
let mallory: Insider;

beforeEach(async () => {
  room = await Room.with(2, keys);
  [alice, bob] = [room.member(0), room.member(1)];
  mallory = await Insider.join(room, await room.candidate());
});

describe('a member that can not follow a commit', () => {
  /** Bob is shown a broken wrap; Alice and Mallory follow. */
  async function stuck(change: object): Promise<PreparedCommit> {
    const prepared = await alice.group.prepareCommit({ ...none, ...change });
    const seq = room.items.push(prepared.frame);
    await alice.group.merge(prepared, seq);
    await mallory.follow(prepared);
    const wrap = { wrap: randomBytes(304), tag: randomBytes(16) };
    expect(await refusalOf(bob.group.applyCommit(seq, prepared.frame, wrap))).toBe('ERR_WRAP_MAC');
    return prepared;
  }

  it.each([
    ['a rekey', { rekey: true }],
    ['a change of the link, although its control key has ended', { rotate: true }],
  ])('says so to those who could, about %s', async (_, change) => {
    const { commitId } = await stuck(change);
    const bytes = await bob.group.createNack(commitId, nackCodeOf('ERR_WRAP_MAC'));
    expect(bytes).toHaveLength(156);
    const { mid, idx } = bob.group.self;
    expect(await alice.group.checkNack(bytes)).toEqual({ idx, mid, epoch: 2, commitId, code: 'UNWRAP' });
  });

  it('is understood by another who is stuck too', async () => {
    const bytes = await bob.group.createNack(randomBytes(32), 'CONFIRM');
    expect(await alice.group.checkNack(bytes)).toMatchObject({ idx: 1, epoch: 2, code: 'CONFIRM' });
  });

  it('is let in again by others, with the same identity and a fresh key package', async () => {
    await stuck({ rekey: true });
    const removal = await alice.group.prepareCommit({ ...none, removes: [{ idx: 1, reason: 'left' }] });
    const seq = room.items.push(removal.frame);
    await alice.group.merge(removal, seq);
    room.members.splice(1, 1);
    const { identity } = bob;
    const keyPackage = await createKeyPackage(identity, room.invite, { createdMs: 2 });
    await room.admit(0, [{ identity, keyPackage }]);
    expect(room.member(1).group.self.mid).toEqual(bob.group.self.mid);
    expect(await room.say(1, 'back')).toEqual(['back']);
  });

  it('complains about what the others know, and not about what was long ago', async () => {
    const { commitId } = await stuck({ rekey: true });
    const other = await bob.group.createNack(randomBytes(32), 'UNWRAP');
    expect(await refusalOf(alice.group.checkNack(other))).toBe('ERR_TRANSCRIPT');
    const early = await bob.group.createNack(commitId, 'UNWRAP');
    await alice.group.merge(await alice.group.prepareCommit({ ...none, rekey: true }), room.seq + 1);
    expect(await refusalOf(alice.group.checkNack(early))).toBe('ERR_EPOCH');
  });

  it.each([
    ['ERR_NO_WRAP', 'UNWRAP'],
    ['ERR_WRAP_MAC', 'UNWRAP'],
    ['ERR_UNWRAP', 'UNWRAP'],
    ['ERR_KEY_GONE', 'UNWRAP'],
    ['ERR_CONFIRM', 'CONFIRM'],
    ['ERR_COMMIT_SIG', 'FORMAT'],
    ['ERR_POLICY', 'FORMAT'],
  ] as const)('tells no more of %s than %s', (error, code) => {
    expect(nackCodeOf(error)).toBe(code);
  });
});

describe('a complaint is refused', () => {
  const aliceOn = (bytes: Bytes) => refusalOf(alice.group.checkNack(bytes));
  const id = randomBytes(32);

  it('when a byte was changed on the way', async () => {
    const genuine = await bob.group.createNack(id, 'FORMAT');
    for (let i = 0; i < genuine.length; i++) expect(await aliceOn(flipped(genuine, i))).not.toBe('accepted');
    expect(await aliceOn(concat(genuine, new Uint8Array(1)))).toBe('ERR_FORMAT');
    expect(await aliceOn(genuine)).toBe('accepted');
  });

  it('when the server made it, or another member in the name of Bob, or somebody who is none', async () => {
    const forge = (identity = mallory.identity, selfIdx = mallory.idx) =>
      createNack({ ...mallory.state, identity, selfIdx }, id, 'UNWRAP');
    expect(await aliceOn(await forge())).toBe('accepted');
    expect(await aliceOn(await forge(mallory.identity, 1))).toBe('ERR_SIG');
    expect(await aliceOn(await forge(await createIdentity(2, keys)))).toBe('ERR_SIG');
    const { signed } = parseNack(await forge());
    const signature = await signAs(mallory.identity, 'NACK', signed);
    expect(await aliceOn(concat(signed, Uint8Array.of(0, 64), signature, new Uint8Array(16)))).toBe(
      'ERR_CTL_MAC',
    );
  });

  it('when it is of another group or suite', async () => {
    const elsewhere = await Room.with(2, keys);
    expect(await aliceOn(await elsewhere.member(1).group.createNack(id, 'UNWRAP'))).toBe('ERR_TRANSCRIPT');
    const first = await Room.with(2, keys, 1);
    expect(await aliceOn(await first.member(1).group.createNack(id, 'UNWRAP'))).toBe('ERR_SUITE');
  });

  it('when nobody could have made it', async () => {
    const unknown = createNack(mallory.state, id, 'LAZY' as NackCode);
    expect(await aliceOn(await unknown)).toBe('ERR_FORMAT');
    expect(await refusalOf(bob.group.createNack(randomBytes(16), 'UNWRAP'))).toBe('ERR_FORMAT');
    expect(await aliceOn(new Uint8Array(0))).toBe('ERR_FORMAT');
  });
});
