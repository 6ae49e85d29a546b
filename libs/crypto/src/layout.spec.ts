import {
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  hkdfSync,
  verify as nodeVerify,
} from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Bytes, concat, toHex, utf8 } from './bytes.ts';
import { Group } from './group.ts';
import { encodeGroupContext, readGroupContext } from './group-context.ts';
import { signResume } from './identity.ts';
import { createKeyPackage } from './key-package.ts';
import { confirmationTag, confirmedHash, interimHash } from './key-schedule.ts';
import { Reader } from './reader.ts';
import { encodeRoster } from './roster.ts';
import { memberFingerprint } from './safety.ts';
import { commitOf } from './test-support/opened-commit.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { PARAMS, Room } from './test-support/room.ts';
import { randomBytes } from './webcrypto.ts';

/*
 * The layouts that the given vectors don't reach, once more and by other means: Node's own cryptography, and the
 * formulas as they stand on the page.
 */

const keys = keyPool();
const none = { addKeyPackages: [], removes: [] };
const be = (value: number, width: number): Bytes =>
  fromBuffer(Buffer.from(value.toString(16).padStart(width * 2, '0'), 'hex'));
const fromBuffer = (buffer: Uint8Array): Bytes => new Uint8Array(buffer);
const label = (name: string): Bytes => concat(utf8(`BC1 ${name}`), be(0, 1));
const hash = (...parts: Bytes[]): Bytes =>
  fromBuffer(
    createHash('sha256')
      .update(concat(...parts))
      .digest(),
  );
const mac = (key: Bytes, ...parts: Bytes[]): Bytes =>
  fromBuffer(
    createHmac('sha256', key)
      .update(concat(...parts))
      .digest(),
  );

function derive(salt: Bytes, ikm: Bytes, name: string, context = new Uint8Array(0), length = 32): Bytes {
  const text = utf8(`BC1 ${name}`);
  const info = concat(be(length, 2), be(text.length, 1), text, be(context.length, 2), context);
  return new Uint8Array(hkdfSync('sha256', ikm, salt, info, length));
}

function isSigned(sigPub: Bytes, signature: Bytes, ...parts: Bytes[]): boolean {
  const head = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
  const key = createPublicKey({ key: Buffer.concat([head, sigPub]), format: 'der', type: 'spki' });
  return nodeVerify('sha256', concat(...parts), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('by hand, from the page', () => {
  it('the first epoch comes from 32 random bytes, and no other group has them', async () => {
    const drawn: Bytes[] = [];
    const draw = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
    jest.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
      const filled = draw(array);
      drawn.push(new Uint8Array(filled as Bytes));
      return filled;
    });
    const room = await Room.with(1, keys);
    drawn.length = 0;
    const { keyPackage, identity } = room.member(0);
    const group = await Group.found({
      identity,
      keyPackage,
      invite: room.invite,
      rid0: room.invite.rid,
      params: PARAMS,
    });
    const [gid, seed] = drawn;
    if (!gid || !seed) throw new Error('nothing was drawn');
    expect(group.gid).toEqual(gid);
    const roster = hash(label('roster'), encodeRoster(group.roster));
    const params = concat(
      be(0, 1),
      be(0, 1),
      be(1, 1),
      be(0, 1),
      be(3_600, 4),
      be(600, 4),
      be(1_000, 2),
      be(1, 2),
    );
    const context = concat(
      concat(label('GC'), be(1, 1), be(2, 2), gid, be(0, 4), params, be(0, 2)),
      concat(roster, hash(label('ith0'), gid)),
    );
    const contextHash = hash(context);
    const joiner = derive(seed, new Uint8Array(32), 'joiner', contextHash);
    const epoch = derive(joiner, room.invite.psk, 'epoch', contextHash);
    expect(group.authenticator).toEqual(derive(new Uint8Array(0), epoch, 'authenticator'));
  });

  it('a changed invite opens with the commit secret of its commit', async () => {
    const room = await Room.with(2, keys, 1);
    const bob = await Insider.join(room, await room.candidate());
    const derived: { salt: Bytes; ikm: Bytes }[] = [];
    const { subtle } = globalThis.crypto;
    const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
    let ikm = new Uint8Array(0);
    jest.spyOn(subtle, 'importKey').mockImplementation(((...args: unknown[]) => {
      if (args[2] === 'HKDF') ikm = new Uint8Array(args[1] as Bytes);
      return importKey(...args);
    }) as typeof subtle.importKey);
    const deriveBits = subtle.deriveBits.bind(subtle);
    jest.spyOn(subtle, 'deriveBits').mockImplementation((algorithm, key, length) => {
      const { salt, info } = algorithm as HkdfParams;
      if (new TextDecoder().decode(info).includes('rotate')) {
        derived.push({ salt: new Uint8Array(salt as Bytes), ikm });
      }
      return deriveBits(algorithm, key, length);
    });
    const prepared = await room.member(0).group.prepareCommit({ ...none, rotate: true });
    const { body } = await commitOf(bob, prepared.frame);
    const op = body.ops.find((each) => each.op === 'rotateInvite');
    const [used] = derived;
    if (op?.op !== 'rotateInvite' || !used) throw new Error('there is no rotation');
    const { gid } = room.member(0).group;
    expect(used.salt).toEqual(bob.epoch.secrets.init);
    const key = derive(used.salt, used.ikm, 'rotate', concat(gid, be(body.epoch + 1, 4)));
    const cipher = createDecipheriv('aes-256-gcm', key, new Uint8Array(12));
    cipher.setAAD(gid);
    cipher.setAuthTag(op.ciphertext.slice(-16));
    const secrets = fromBuffer(Buffer.concat([cipher.update(op.ciphertext.slice(0, -16)), cipher.final()]));
    expect(secrets).toEqual(concat(prepared.rotate?.linkSecret ?? secrets, new Uint8Array(32)));
  });

  it('a key update is signed over the key package of its member and all before', async () => {
    const { group, keyPackage } = (await Room.with(1, keys)).member(0);
    const { bytes } = await group.createKeyUpdate();
    const [signed, signature] = [bytes.slice(0, -66), bytes.slice(-64)];
    const head = concat(be(1, 1), be(2, 2), group.gid, be(0, 2), be(1, 2), be(294, 2));
    expect(bytes.slice(0, head.length)).toEqual(head);
    expect(isSigned(group.self.sigPub, signature, label('KU'), keyPackage.kph, signed)).toBe(true);
  });

  it('a complaint is signed, and tagged with the control key', async () => {
    const room = await Room.with(1, keys);
    const { group } = room.member(0);
    const id = randomBytes(32);
    const bytes = await group.createNack(id, 'CONFIRM');
    const unsigned = concat(be(1, 1), be(2, 2), group.gid, be(0, 4), be(0, 2), id, be(2, 1));
    const signature = bytes.slice(unsigned.length + 2, -16);
    expect(bytes.slice(0, unsigned.length + 2)).toEqual(concat(unsigned, be(64, 2)));
    expect(isSigned(group.self.sigPub, signature, label('NACK'), unsigned)).toBe(true);
    const tagged = mac(room.invite.controlKey, label('nack mac'), bytes.slice(0, -16)).slice(0, 16);
    expect(bytes.slice(-16)).toEqual(tagged);
  });

  it('a key package is signed, and tagged with the join key; its hash leaves the tag out', async () => {
    const room = await Room.with(1, keys);
    const { identity } = room.member(0);
    const options = { createdMs: 7 };
    const { bytes, kph } = await createKeyPackage(identity, room.invite, options);
    const core = bytes.slice(0, -32);
    expect(kph).toEqual(hash(core));
    expect(bytes.slice(-32)).toEqual(mac(room.invite.joinKey, label('KPMAC'), core));
    expect(isSigned(identity.sigPub, core.slice(-64), label('KP'), core.slice(0, -66))).toBe(true);
    expect((await createKeyPackage(identity, room.invite, options)).kph).not.toEqual(kph);
  });

  it('a resume is signed over challenge, rid and member', async () => {
    const { identity } = (await Room.with(1, keys)).member(0);
    const [challenge, rid, mid] = [randomBytes(32), randomBytes(16), randomBytes(16)];
    const signature = await signResume(identity, challenge, rid, mid);
    expect(isSigned(identity.sigPub, signature, label('resume'), challenge, rid, mid)).toBe(true);
  });

  it('a member is named after the first rid and its signing key, and ranked by group, epoch and name', async () => {
    const room = await Room.with(4, keys);
    const { group } = room.member(0);
    for (const { mid, sigPub } of group.roster) {
      expect(mid).toEqual(hash(label('mid'), room.invite.rid, sigPub).slice(0, 16));
    }
    const order = group.roster
      .map(({ idx, mid }) => ({ idx, at: toHex(hash(group.gid, be(group.epoch, 4), mid)) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
    expect([...(await group.ranks()).keys()]).toEqual(order.map(({ idx }) => idx));
  });

  it('the chain of commits takes in each commit and its confirmation', async () => {
    const [interim, body, tag] = [randomBytes(32), randomBytes(200), randomBytes(32)];
    const confirmed = hash(label('cth'), interim, hash(body));
    expect(await confirmedHash(interim, body)).toEqual(confirmed);
    expect(await interimHash(confirmed, tag)).toEqual(hash(label('ith'), confirmed, tag));
    const secret = randomBytes(32);
    expect(await confirmationTag(secret, confirmed)).toEqual(mac(secret, confirmed));
  });

  it('a fingerprint is derived from the signing key', async () => {
    const sigPub = randomBytes(65);
    const material = derive(new Uint8Array(0), sigPub, 'fingerprint', undefined, 60);
    const groups = Array.from({ length: 12 }, (_, i) => {
      const five = BigInt(`0x${toHex(material.slice(i * 5, i * 5 + 5))}`);
      return (five % 100_000n).toString().padStart(5, '0');
    });
    expect(await memberFingerprint(sigPub)).toBe(groups.join(' '));
  });

  it('a group context begins with its tag', async () => {
    const { group } = (await Room.with(1, keys)).member(0);
    const { gid, suite, params } = group;
    const context = { suite, gid, params, epoch: 3, inviteGeneration: 1 };
    const encoded = encodeGroupContext({
      ...context,
      rosterHash: randomBytes(32),
      commitHash: randomBytes(32),
    });
    expect(
      await refusalOf(Promise.resolve(encoded).then((bytes) => readGroupContext(new Reader(bytes)))),
    ).toBe('accepted');
    for (let i = 0; i < label('GC').length; i++) {
      const read = Promise.resolve(flipped(encoded, i)).then((bytes) => readGroupContext(new Reader(bytes)));
      expect(await refusalOf(read)).toBe('ERR_FORMAT');
    }
  });
});

describe('nothing is derived from zeros, and no nonce comes twice', () => {
  it.each([1, 2] as const)('in a rekey, in suite %i', async (suite) => {
    const room = await Room.with(3, keys, suite);
    const inputs: string[] = [];
    const { subtle } = globalThis.crypto;
    const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
    jest.spyOn(subtle, 'importKey').mockImplementation(((...args: unknown[]) => {
      if (args[0] === 'raw' && ArrayBuffer.isView(args[1])) inputs.push(toHex(args[1] as Bytes));
      return importKey(...args);
    }) as typeof subtle.importKey);
    const deriveBits = subtle.deriveBits.bind(subtle);
    jest.spyOn(subtle, 'deriveBits').mockImplementation((algorithm, key, length) => {
      const { salt } = algorithm as HkdfParams;
      if (ArrayBuffer.isView(salt) && salt.byteLength > 0) inputs.push(toHex(salt as Bytes));
      return deriveBits(algorithm, key, length);
    });
    await room.commit(0, { ...none, rekey: true });
    expect(inputs.length).toBeGreaterThan(20);
    expect(inputs.filter((input) => /^0*$/.test(input))).toEqual([]);
  });

  it('in commits, group infos and envelopes of one epoch', async () => {
    const room = await Room.with(2, keys);
    const nonces: string[] = [];
    const { subtle } = globalThis.crypto;
    const encrypt = subtle.encrypt.bind(subtle);
    jest.spyOn(subtle, 'encrypt').mockImplementation((algorithm, key, data) => {
      const { name, iv } = algorithm as AesGcmParams;
      if (name === 'AES-GCM') nonces.push(toHex(iv as Bytes));
      return encrypt(algorithm, key, data);
    });
    for (let i = 0; i < 2; i++) {
      const { bytes } = (await room.candidate()).keyPackage;
      await room.member(0).group.prepareCommit({ ...none, addKeyPackages: [bytes] });
    }
    const random = nonces.filter((nonce) => !/^0*$/.test(nonce));
    expect(nonces.length - random.length).toBe(2);
    expect(new Set(random).size).toBe(4);
  });
});
