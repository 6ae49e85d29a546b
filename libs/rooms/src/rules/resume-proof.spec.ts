import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Bytes } from '@bytechat/protocol';
import { ResumeProofs } from './resume-proof.ts';

const randomOf = (length: number): Bytes => new Uint8Array(randomBytes(length));

interface Member {
  privateKey: KeyObject;
  sigPub: Bytes;
}

function newMember(): Member {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return { privateKey, sigPub: new Uint8Array(Buffer.concat(point)) };
}

function prove({ privateKey: key }: Member, challenge: Bytes, rid: Bytes, mid: Bytes): Bytes {
  const signed = Buffer.concat([Buffer.from('BC1 resume\0'), challenge, rid, mid]);
  return new Uint8Array(sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }));
}

describe('proofs of membership', () => {
  const member = newMember();
  const [rid, mid] = [randomOf(16), randomOf(16)];
  const refusal = expect.objectContaining({ code: 'ERR_NOT_MEMBER' });

  it('accepts the member’s signature over this challenge, room and member', () => {
    const challenge = randomOf(32);
    const sig = prove(member, challenge, rid, mid);
    expect(() => new ResumeProofs().check(challenge, { rid, mid, sig }, member.sigPub)).not.toThrow();
  });

  it.each([
    ['another challenge', (c: Bytes) => prove(member, randomOf(c.length), rid, mid)],
    ['another room', (c: Bytes) => prove(member, c, randomOf(16), mid)],
    ['another member id', (c: Bytes) => prove(member, c, rid, randomOf(16))],
    ['another key', (c: Bytes) => prove(newMember(), c, rid, mid)],
    ['nothing', () => new Uint8Array(64)],
  ])('refuses a signature over %s', (_, makeSig) => {
    const challenge = randomOf(32);
    const sig = makeSig(challenge);
    expect(() => new ResumeProofs().check(challenge, { rid, mid, sig }, member.sigPub)).toThrow(refusal);
  });

  it('refuses a key that is no point of the curve', () => {
    const challenge = randomOf(32);
    const sig = prove(member, challenge, rid, mid);
    const noPoint = new Uint8Array(65).fill(4);
    expect(() => new ResumeProofs().check(challenge, { rid, mid, sig }, noPoint)).toThrow(refusal);
    expect(() => new ResumeProofs().check(randomOf(32), { rid, mid, sig }, randomOf(3))).toThrow(refusal);
  });

  it('judges one proof a challenge: a good one after a bad one comes too late', () => {
    const proofs = new ResumeProofs();
    const challenge = randomOf(32);
    const good = { rid, mid, sig: prove(member, challenge, rid, mid) };
    const bad = { ...good, sig: new Uint8Array(64) };
    expect(() => proofs.check(challenge, bad, member.sigPub)).toThrow(refusal);
    expect(() => proofs.check(challenge, good, member.sigPub)).toThrow(refusal);
  });

  it('takes a proof again when the store failed after it was judged', () => {
    const proofs = new ResumeProofs();
    const challenge = randomOf(32);
    const good = { rid, mid, sig: prove(member, challenge, rid, mid) };
    proofs.check(challenge, good, member.sigPub);
    expect(() => proofs.check(challenge, good, member.sigPub)).toThrow(refusal);
    proofs.giveBack(challenge);
    expect(() => proofs.check(challenge, good, member.sigPub)).not.toThrow();
  });
});
