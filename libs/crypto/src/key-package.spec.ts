import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Bytes, concat, toHex } from './bytes.ts';
import { createIdentity, keysOf, memberId, signResume } from './identity.ts';
import { deriveInvite, type Invite } from './invite.ts';
import { checkKeyPackage, createKeyPackage } from './key-package.ts';
import { forgeKeyPackage, type Forgery } from './test-support/forged-key-package.ts';
import { keyPool } from './test-support/key-pool.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { type Candidate, Room } from './test-support/room.ts';
import { isSignedBy } from './verify.ts';
import { exportSpki, randomBytes } from './webcrypto.ts';

const keys = keyPool();
const expected = { suite: 2 } as const;

let room: Room;
let bob: Candidate;
let kp: Bytes;

beforeAll(async () => {
  room = await Room.with(1, keys);
  bob = await room.candidate();
  kp = bob.keyPackage.bytes;
});

function check(bytes: Bytes, invite: Invite = room.invite): Promise<unknown> {
  return checkKeyPackage(bytes, invite, expected);
}

async function forged(forgery: Forgery): Promise<Bytes> {
  return forgeKeyPackage(kp, bob.identity, room.invite, forgery);
}

describe('a key package', () => {
  it('is accepted as it was made, and tells who it is', async () => {
    const checked = await checkKeyPackage(kp, room.invite, expected);
    expect(checked).toMatchObject({ kph: bob.keyPackage.kph, sigPub: bob.identity.sigPub });
    const rid0 = randomBytes(16);
    expect(await checked.mid(rid0)).toEqual(await memberId(rid0, bob.identity.sigPub));
  });

  it.each([
    [1, 508],
    [2, 573],
  ] as const)('of suite %i has %i bytes', async (suite, length) => {
    const identity = await createIdentity(suite, keys);
    const { bytes } = await createKeyPackage(identity, room.invite, { createdMs: 1 });
    expect(bytes).toHaveLength(length);
  });

  it('claim 5: C20: of another room, link or suite is refused', async () => {
    const other = await deriveInvite(randomBytes(19), undefined, { kdf: 0, iter: 0 });
    expect(await refusalOf(check(kp, other))).toBe('ERR_INVITE');
    const wrongSuite = checkKeyPackage(kp, room.invite, { suite: 1 });
    expect(await refusalOf(wrongSuite)).toBe('ERR_SUITE');
  });

  it('is judged by its link alone, since nobody tells a newcomer how often the link has changed', async () => {
    expect(await refusalOf(check(await forged({ reserved: 3 })))).toBe('accepted');
  });
});

describe('claim 1: swapped or forged keys never get a wrap', () => {
  it('C1: a server that puts its own RSA key into a key package is refused', async () => {
    const { publicKey } = await keys.rsaKeyPair();
    const spki = await exportSpki(publicKey);
    const swapped = new Uint8Array(kp);
    swapped.set(spki, 45 + 2 + 65 + 2);
    expect(await refusalOf(check(swapped))).toBe('ERR_KP_MAC');
    expect(
      await refusalOf(room.member(0).group.prepareCommit({ addKeyPackages: [swapped], removes: [] })),
    ).toBe('ERR_KP_MAC');
  });

  it('C1b: a server without the link can not make a key package', async () => {
    const { rid } = room.invite;
    const guess = { ...(await deriveInvite(randomBytes(19), undefined, { kdf: 0, iter: 0 })), rid };
    const eve = await createIdentity(2, keys);
    const { bytes } = await createKeyPackage(eve, guess, { createdMs: 1 });
    expect(await refusalOf(check(bytes))).toBe('ERR_KP_MAC');
  });

  it('C1: no flipped byte passes', async () => {
    const refusals = await Promise.all(Array.from(kp, (_, i) => refusalOf(check(flipped(kp, i)))));
    const afterTheLengths = refusals.slice(45 + 2, 45 + 2 + 65);
    expect(refusals).not.toContain('accepted');
    expect(new Set(afterTheLengths)).toEqual(new Set(['ERR_KP_MAC']));
  });

  it('with link but without the password the MAC is another', async () => {
    const linkSecret = randomBytes(19);
    const locked = await deriveInvite(linkSecret, 'right', { kdf: 1, iter: 600_000 });
    const guess = await deriveInvite(linkSecret, 'wrong', { kdf: 1, iter: 600_000 });
    const { bytes } = await createKeyPackage(bob.identity, guess, { createdMs: 1 });
    expect(await refusalOf(check(bytes, locked))).toBe('ERR_KP_MAC');
  });
});

describe('claim 10: A7: a link holder', () => {
  it("can not present another member's public key", async () => {
    const alice = room.member(0).identity;
    expect(await refusalOf(check(await forged({ sigPub: alice.sigPub })))).toBe('ERR_KP_SIG');
  });

  it('can not lengthen the signature', async () => {
    expect(await refusalOf(check(await forged({ extraSignature: new Uint8Array(1) })))).toBe('ERR_KP_SIG');
  });
});

describe('claim 18: A8: malformed keys are refused although link holder and signature are genuine', () => {
  const spki = () => keysOf(bob.identity).rsaSpki;
  const edited = (edit: (spki: Uint8Array) => void) => {
    const copy = new Uint8Array(spki());
    edit(copy);
    return copy;
  };

  it('a public exponent of 3', async () => {
    const rsaSpki = edited((bytes) => bytes.set([2, 1, 3], bytes.length - 5)).slice(0, -2);
    expect(await refusalOf(check(await forged({ rsaSpki })))).toBe('ERR_KEY');
    const padded = edited((bytes) => bytes.set([2, 3, 0, 0, 3], bytes.length - 5));
    expect(await refusalOf(check(await forged({ rsaSpki: padded })))).toBe('ERR_KEY');
  });

  it.each([1024, 3072])('a modulus of %i bits', async (modulusLength) => {
    const parameters = {
      name: 'RSA-OAEP',
      hash: 'SHA-256',
      modulusLength,
      publicExponent: Uint8Array.of(1, 0, 1),
    };
    const pair = await globalThis.crypto.subtle.generateKey(parameters, false, ['encrypt', 'decrypt']);
    expect(await refusalOf(check(await forged({ rsaSpki: await exportSpki(pair.publicKey) })))).toBe(
      'ERR_KEY',
    );
  });

  it.each([
    ['an even modulus', (bytes: Uint8Array) => bytes.set([0], 294 - 6)],
    ['a modulus whose top bit is missing', (bytes: Uint8Array) => bytes.set([0x7f], 33)],
    ['another object identifier', (bytes: Uint8Array) => bytes.set([0x0a], 16)],
    ['other parameters', (bytes: Uint8Array) => bytes.set([4], 17)],
  ])('%s', async (_, edit) => {
    expect(await refusalOf(check(await forged({ rsaSpki: edited(edit) })))).toBe('ERR_KEY');
  });

  it('trailing bytes after the RSA key', async () => {
    const rsaSpki = concat(spki(), new Uint8Array(1));
    expect(await refusalOf(check(await forged({ rsaSpki })))).toBe('ERR_KEY');
  });

  it('points that are not on the curve, compressed, or missing', async () => {
    const off = concat(Uint8Array.of(4), new Uint8Array(64).fill(1));
    const compressed = concat(Uint8Array.of(2), bob.identity.sigPub.slice(1, 33));
    for (const point of [off, compressed, new Uint8Array(0)]) {
      expect(await refusalOf(check(await forged({ sigPub: point })))).toBe('ERR_KEY');
      expect(await refusalOf(check(await forged({ dhPub: point })))).toBe('ERR_KEY');
    }
  });

  it('unknown versions and suites', async () => {
    expect(await refusalOf(check(await forged({ version: 2 })))).toBe('ERR_FORMAT');
    expect(await refusalOf(check(await forged({ suite: 3 })))).toBe('ERR_FORMAT');
  });
});

describe('an identity', () => {
  it('proves itself for resume over challenge, room and member', async () => {
    const [challenge, rid, mid] = [randomBytes(32), randomBytes(16), randomBytes(16)];
    const signature = await signResume(bob.identity, challenge, rid, mid);
    const { sigPub } = bob.identity;
    expect(await isSignedBy(sigPub, 'resume', concat(challenge, rid, mid), signature)).toBe(true);
    expect(await isSignedBy(sigPub, 'resume', concat(randomBytes(32), rid, mid), signature)).toBe(false);
  });

  it('is of no use after it was erased', async () => {
    const identity = await createIdentity(1, keys);
    identity.erase();
    const work = signResume(identity, randomBytes(32), randomBytes(16), randomBytes(16));
    expect(await refusalOf(work)).toBe('ERR_KEY_GONE');
  });

  it('has keys of its own', async () => {
    const [one, two] = [await createIdentity(2, keys), await createIdentity(2, keys)];
    expect(toHex(one.sigPub)).not.toBe(toHex(two.sigPub));
  });
});
