import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Bytes, concat } from './bytes.ts';
import { encodePlaintext } from './envelope.ts';
import {
  createIdentity,
  identityOf,
  keysOf,
  leavesOf,
  renewLeaf,
  signAs,
  webCryptoKeySource,
} from './identity.ts';
import { createKeyPackage } from './key-package.ts';
import { encodeKeyUpdate, parseKeyUpdate } from './key-update.ts';
import { KeyRollbackError } from './key-updates.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { commitOf } from './test-support/opened-commit.ts';
import { type Member, Room, text } from './test-support/room.ts';
import { randomBytes } from './webcrypto.ts';
import { unwrapSecret } from './wrap.ts';
import { u16 } from './writer.ts';

const keys = keyPool(6);
const none = { addKeyPackages: [], removes: [] };
const rekey = { ...none, rekey: true };

/** New keys that an honest server has: they come with every rekey of another from then on. */
async function update({ group }: Member) {
  const { bytes, kuSeq } = await group.createKeyUpdate();
  await group.keyUpdateStored(kuSeq);
  return { idx: group.self.idx, bytes, kuSeq };
}

describe.each([
  [1, 403],
  [2, 468],
] as const)('a key update, in suite %i', (suite, length) => {
  it('has one length, and its keys are what others wrap to from then on', async () => {
    const room = await Room.with(3, keys, suite);
    const bob = room.member(1);
    const sent = await update(bob);
    expect(sent.bytes).toHaveLength(length);
    expect(await room.member(0).group.checkKeyUpdate(sent.bytes)).toEqual({ idx: 1, kuSeq: 1 });
    const before = leavesOf(bob.identity);
    expect(before.map(({ kuSeq, used }) => [kuSeq, used])).toEqual([
      [1, false],
      [0, true],
    ]);
    await room.commit(0, { ...rekey, keyUpdates: [sent] });
    expect(leavesOf(bob.identity).map(({ kuSeq, used }) => [kuSeq, used])).toEqual([[1, true]]);
    expect(await room.say(1, 'still here')).toEqual(['still here', 'still here']);
  });

  it('may be unknown to a committer while the older keys are there', async () => {
    const room = await Room.with(2, keys, suite);
    const bob = room.member(1);
    await bob.group.createKeyUpdate();
    await room.commit(0, rekey);
    expect(await room.say(0, 'by the older keys')).toEqual(['by the older keys']);
    expect(bob.group.needsKeyUpdate).toBe(false);
    expect(leavesOf(bob.identity)).toHaveLength(2);
  });
});

describe('a member', () => {
  it('is told to renew its keys once something was decrypted with them', async () => {
    const room = await Room.with(2, keys);
    const [alice, bob] = [room.member(0), room.member(1)];
    expect([alice.group.needsKeyUpdate, bob.group.needsKeyUpdate]).toEqual([false, true]);
    const sent = await update(bob);
    expect(bob.group.needsKeyUpdate).toBe(false);
    await room.commit(0, { ...rekey, keyUpdates: [sent] });
    expect(bob.group.needsKeyUpdate).toBe(true);
    await room.commit(1, rekey);
    expect(alice.group.needsKeyUpdate).toBe(true);
  });

  it('names an update only when the server has it, and drops older keys only then', async () => {
    const room = await Room.with(2, keys);
    const [alice, bob] = [room.member(0), room.member(1)];
    const named = async () => {
      const env = await bob.group.seal(text('x'));
      const seq = room.items.push(env);
      await bob.group.acceptOwn(seq, env);
      return (await alice.group.open(seq, env)).kuSeq;
    };
    const { bytes, kuSeq } = await bob.group.createKeyUpdate();
    expect(await named()).toBe(0);
    await bob.group.dropOldKeys();
    expect(leavesOf(bob.identity)).toHaveLength(2);
    await bob.group.keyUpdateStored(kuSeq + 1);
    expect(await named()).toBe(0);
    await bob.group.keyUpdateStored(kuSeq);
    await bob.group.keyUpdateStored(0);
    expect(await named()).toBe(1);
    await bob.group.dropOldKeys();
    expect(leavesOf(bob.identity)).toHaveLength(1);
    await room.commit(0, { ...rekey, keyUpdates: [{ idx: 1, bytes }] });
    expect(await room.say(1, 'new keys')).toEqual(['new keys']);
  });

  it('comes back with its newest keys when it was removed', async () => {
    const room = await Room.with(2, keys);
    const bob = room.member(1);
    await update(bob);
    await room.commit(0, { ...none, removes: [{ idx: 1, reason: 'timeout' }] });
    const keyPackage = await createKeyPackage(bob.identity, room.invite, {
      createdMs: 2,
    });
    await room.admit(0, [{ identity: bob.identity, keyPackage }]);
    expect(leavesOf(bob.identity)).toHaveLength(1);
    expect(await room.say(1, 'back')).toEqual(['back']);
    await room.commit(0, rekey);
    expect(await room.say(0, 'and stays')).toEqual(['and stays']);
  });

  it('runs out of updates after 65,535', async () => {
    const room = await Room.with(2, keys);
    const bob = room.member(1);
    leavesOf(bob.identity)[0].kuSeq = 65_535;
    expect(await refusalOf(bob.group.createKeyUpdate())).toBe('ERR_KU');
  });

  it('makes none after its group or identity was erased', async () => {
    const room = await Room.with(2, keys);
    room.member(0).group.erase();
    expect(await refusalOf(room.member(0).group.createKeyUpdate())).toBe('ERR_CLOSED');
    room.member(1).identity.erase();
    expect(await refusalOf(room.member(1).group.createKeyUpdate())).toBe('ERR_KEY_GONE');
  });
});

describe('claim 28: C15: a key update that was forged or rolled back is refused', () => {
  let room: Room;
  let alice: Member;
  let bob: Member;
  let mallory: Insider;

  beforeEach(async () => {
    room = await Room.with(2, keys);
    [alice, bob] = [room.member(0), room.member(1)];
    mallory = await Insider.join(room, await room.candidate());
  });

  const aliceOn = (bytes: Bytes) => refusalOf(alice.group.checkKeyUpdate(bytes));
  const place = () => ({ idx: 1, kph: bob.keyPackage.kph });
  const bobs = (changes: Partial<Parameters<typeof encodeKeyUpdate>[3]> = {}) =>
    encodeKeyUpdate(bob.identity, mallory.state, place(), { ...keysOf(bob.identity), kuSeq: 1, ...changes });

  it('in any byte', async () => {
    const genuine = await bobs();
    for (let i = 0; i < genuine.length; i++) {
      expect(await aliceOn(flipped(genuine, i))).not.toBe('accepted');
    }
    expect(await aliceOn(concat(genuine, new Uint8Array(1)))).toBe('ERR_FORMAT');
    expect(await aliceOn(genuine)).toBe('accepted');
  });

  it('made by the server or by another member', async () => {
    const { signed } = parseKeyUpdate(await bobs());
    const signature = await signAs(mallory.identity, 'KU', concat(bob.keyPackage.kph, signed));
    const forged = concat(signed, u16(64), signature);
    expect(await aliceOn(forged)).toBe('ERR_KU_SIG');
    const wish = { ...rekey, keyUpdates: [{ idx: 1, bytes: forged }] };
    expect(await refusalOf(alice.group.prepareCommit(wish))).toBe('ERR_KU_SIG');
  });

  it('of another group, suite or place, or that is none', async () => {
    const of = (changes: object) =>
      encodeKeyUpdate(
        bob.identity,
        { ...mallory.state, ...changes },
        { ...place(), ...changes },
        { ...keysOf(bob.identity), kuSeq: 1 },
      );
    expect(await aliceOn(await of({ gid: randomBytes(32) }))).toBe('ERR_KU');
    expect(await aliceOn(await of({ suite: 1 }))).toBe('ERR_SUITE');
    expect(await aliceOn(await of({ idx: 7 }))).toBe('ERR_KU');
    expect(await aliceOn(await of({ idx: 0 }))).toBe('ERR_KU_SIG');
    expect(await aliceOn(await bobs({ kuSeq: 0 }))).toBe('ERR_KU');
  });

  it('with keys that nobody should wrap to', async () => {
    const spki = new Uint8Array(keysOf(bob.identity).rsaSpki);
    spki[292] = 3;
    expect(await aliceOn(await bobs({ rsaSpki: spki }))).toBe('ERR_KEY');
    expect(await aliceOn(await bobs({ dhPub: concat(Uint8Array.of(4), randomBytes(64)) }))).toBe('ERR_KEY');
    expect(await aliceOn(await bobs({ dhPub: new Uint8Array(0) }))).toBe('ERR_KEY');
  });

  it('of an earlier stay of the same member in the same place', async () => {
    const old = await update(bob);
    await room.commit(0, { ...none, removes: [{ idx: 1, reason: 'timeout' }] });
    const keyPackage = await createKeyPackage(bob.identity, room.invite, {
      createdMs: 2,
    });
    await room.admit(0, [{ identity: bob.identity, keyPackage }]);
    expect(room.member(1).group.self).toMatchObject({ idx: 1, mid: expect.anything() });
    expect(await aliceOn(old.bytes)).toBe('ERR_KU_SIG');
  });

  it('older than one that was seen', async () => {
    const [first, second] = [await update(bob), await update(bob)];
    expect(await aliceOn(second.bytes)).toBe('accepted');
    expect(await aliceOn(first.bytes)).toBe('ERR_KU_ROLLBACK');
    expect(await aliceOn(second.bytes)).toBe('accepted');
  });

  it('older than what the member itself has named, or withheld altogether', async () => {
    const [first, second] = [await update(bob), await update(bob)];
    expect(await aliceOn(first.bytes)).toBe('accepted');
    await room.say(1, 'I have newer keys');
    expect(await aliceOn(first.bytes)).toBe('ERR_KU_ROLLBACK');
    const alarm = await alice.group.prepareCommit(rekey).catch((error: unknown) => error);
    expect(alarm).toBeInstanceOf(KeyRollbackError);
    expect(alarm).toMatchObject({ code: 'ERR_KU_ROLLBACK', idx: 1 });
    const withheld = { ...rekey, keyUpdates: [first] };
    expect(await refusalOf(alice.group.prepareCommit(withheld))).toBe('ERR_KU_ROLLBACK');
    expect(await refusalOf(alice.group.prepareCommit({ ...rekey, keyUpdates: [second] }))).toBe('accepted');
  });

  it('and a member that only claims to have newer keys can still be removed', async () => {
    const encoded = mallory.encode(text('x'), 0, 65_535);
    const slot = { idx: 2, counter: 0 };
    const env = await mallory.sealInto(slot, encodePlaintext(encoded, await mallory.sign(slot, encoded)));
    const seq = room.items.push(env);
    for (const { group } of room.members) await group.open(seq, env);
    expect(await refusalOf(alice.group.prepareCommit(rekey))).toBe('ERR_KU_ROLLBACK');
    await room.commit(0, { ...none, removes: [{ idx: 2, reason: 'kick' }] });
    await room.commit(1, rekey);
    expect(await room.say(0, 'without her')).toEqual(['without her']);
  });
});

describe('claim 14: A11: old leaf keys open nothing any more', () => {
  it.each([1, 2] as const)('neither the welcome nor earlier rekeys, in suite %i', async (suite) => {
    const room = await Room.with(1, keys, suite);
    const bob = await Insider.join(room, await room.candidate());
    const { point, wraps, context } = await rekeyFor(bob, room);
    const old = wraps.find(({ idx }) => idx === bob.idx)?.wrap ?? new Uint8Array(0);
    expect(await refusalOf(unwrapSecret(bob.identity, context, point, old))).toBe('accepted');
    const sent = await bob.updateKeys();
    expect(await refusalOf(unwrapSecret(bob.identity, context, point, old))).toBe('accepted');
    await bob.follow(await room.commit(0, { ...rekey, keyUpdates: [sent] }));
    expect(await refusalOf(unwrapSecret(bob.identity, context, point, old))).toBe('ERR_UNWRAP');
  });

  it('nor after the grace time, when nothing arrived for the newer ones', async () => {
    const room = await Room.with(2, keys);
    const { group, identity } = room.member(1);
    const { kuSeq } = await group.createKeyUpdate();
    await group.keyUpdateStored(kuSeq);
    await group.dropOldKeys();
    expect(leavesOf(identity).map((leaf) => leaf.kuSeq)).toEqual([1]);
  });

  async function rekeyFor(bob: Insider, room: Room) {
    const prepared = await room.commit(0, rekey);
    const { body } = await commitOf(bob, prepared.frame);
    await bob.follow(prepared);
    const from = room.member(0).group.self.mid;
    const context = { kind: 'rekey', gid: bob.state.gid, newEpoch: body.epoch + 1, from } as const;
    return { point: body.ephemeralPoint, wraps: prepared.wraps, context };
  }
});

describe('new keys', () => {
  it('come from the same source as the first ones', async () => {
    let made = 0;
    const identity = await createIdentity(1, {
      rsaKeyPair: () => {
        made++;
        return keys.rsaKeyPair();
      },
    });
    const room = await Room.with(1, keys, 1);
    const keyPackage = await createKeyPackage(identity, room.invite, { createdMs: 1 });
    await room.admit(0, [{ identity, keyPackage }]);
    await room.member(1).group.createKeyUpdate();
    expect(made).toBe(2);
  });

  it('are really other keys', async () => {
    const identity = identityOf(1, randomBytes(65), keysOf(await createIdentity(1)), webCryptoKeySource);
    const { rsaSpki } = keysOf(identity);
    await renewLeaf(identity);
    expect(keysOf(identity).rsaSpki).not.toEqual(rsaSpki);
  });
});
