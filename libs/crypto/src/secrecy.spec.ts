import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Bytes, concat, toHex } from './bytes.ts';
import { dk } from './derive.ts';
import { parseEnvelope } from './envelope.ts';
import type { Epoch } from './epoch.ts';
import type { GroupState } from './group-state.ts';
import { deriveInvite } from './invite.ts';
import { openMessage, sealMessage } from './messages.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { Room, text } from './test-support/room.ts';
import { tag } from './labels.ts';
import { aesGcmOpen } from './webcrypto.ts';
import { u16, u32 } from './writer.ts';

const keys = keyPool();
const { subtle } = globalThis.crypto;

afterEach(() => {
  jest.restoreAllMocks();
});

/** Watches every secret that enters WebCrypto: the buffers themselves, so that one sees what happens to them later. */
function watchSecrets() {
  const none = (): Bytes[] => [];
  const seen = { aes: none(), hkdf: none(), salts: none(), mac: none(), passwords: none(), derived: none() };
  const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
  jest.spyOn(subtle, 'importKey').mockImplementation(((...args: unknown[]) => {
    const [format, bytes, algorithm] = args;
    const name = typeof algorithm === 'string' ? algorithm : (algorithm as { name: string }).name;
    if (format === 'raw' && name === 'AES-GCM') seen.aes.push(bytes as Bytes);
    if (format === 'raw' && name === 'HKDF') seen.hkdf.push(bytes as Bytes);
    if (format === 'raw' && name === 'PBKDF2') seen.passwords.push(bytes as Bytes);
    if (format === 'raw' && name === 'HMAC') seen.mac.push(bytes as Bytes);
    return importKey(...args);
  }) as typeof subtle.importKey);
  const deriveBits = subtle.deriveBits.bind(subtle);
  jest.spyOn(subtle, 'deriveBits').mockImplementation(async (algorithm, key, length) => {
    if ('salt' in (algorithm as object)) seen.salts.push((algorithm as HkdfParams).salt as Bytes);
    const derived = await deriveBits(algorithm, key, length);
    seen.derived.push(new Uint8Array(derived));
    return derived;
  });
  return seen;
}

function isErased(bytes: Bytes): boolean {
  return bytes.every((byte) => byte === 0);
}

function secretsOf({ secrets, chains }: Epoch): Bytes[] {
  return [...Object.values({ ...secrets }), ...[...chains.values()].map(({ key }) => key)];
}

async function twoInsiders() {
  const room = await Room.with(1, keys);
  const [one, two] = [await room.candidate(), await room.candidate()];
  const both = [one.keyPackage.bytes, two.keyPackage.bytes];
  const prepared = await room.commit(0, { addKeyPackages: both, removes: [] });
  const [sender, receiver] = [
    await Insider.accept(room, one, prepared),
    await Insider.accept(room, two, prepared),
  ];
  return { room, sender: sender.state, receiver: receiver.state };
}

describe('claim 14: forward secrecy', () => {
  it('C10: the state after reading opens nothing, not even by hand', async () => {
    const { sender, receiver } = await twoInsiders();
    const env = await sealMessage(sender, text('read and gone'), false);
    await openMessage(receiver, env);
    expect(await refusalOf(openMessage(receiver, env))).toBe('ERR_REPLAY');
    expect(await openedByHand(env, receiver, sender.selfIdx)).toBe(false);
    expect(await openedByHand(env, sender, sender.selfIdx)).toBe(false);
  });

  it('C10: while the state before reading does open it by the same hand', async () => {
    const { sender, receiver } = await twoInsiders();
    const env = await sealMessage(sender, text('not read yet'), false);
    expect(await openedByHand(env, receiver, sender.selfIdx)).toBe(true);
  });

  it('A11: message keys and chain keys are overwritten by sender and receiver', async () => {
    const { sender, receiver } = await twoInsiders();
    const seen = watchSecrets();
    for (let i = 0; i < 3; i++) await openMessage(receiver, await sealMessage(sender, text(`${i}`), false));
    expect([seen.aes.length, seen.hkdf.length]).toEqual([6, 6]);
    expect([...seen.aes, ...seen.hkdf].every(isErased)).toBe(true);
  });

  it('A11: keys that were passed over or refused are overwritten too', async () => {
    const { sender, receiver } = await twoInsiders();
    await sealMessage(sender, text('lost'), false);
    await sealMessage(sender, text('lost'), false);
    const env = await sealMessage(sender, text('third'), false);
    const seen = watchSecrets();
    env.fill(7, 100, 110);
    expect(await refusalOf(openMessage(receiver, env))).toBe('ERR_AEAD');
    const kept = secretsOf(receiver.epoch);
    const leftOver = [...seen.aes, ...seen.hkdf].filter((bytes) => !isErased(bytes) && !kept.includes(bytes));
    expect(leftOver).toEqual([]);
  });

  it.each([1, 2] as const)(
    'A11: a commit overwrites all that made it and the epoch it ends, in suite %i',
    async (suite) => {
      const room = await Room.with(2, keys, suite);
      const psk = toHex(room.invite.psk);
      const seen = watchSecrets();
      await room.commit(0, { addKeyPackages: [], removes: [], rekey: true });
      await room.commit(1, { addKeyPackages: [(await room.candidate()).keyPackage.bytes], removes: [] });
      const secrets = [...seen.hkdf, ...seen.salts, ...seen.aes].filter((bytes) => toHex(bytes) !== psk);
      const alive = secrets.filter((bytes) => !isErased(bytes));
      expect(secrets.length).toBeGreaterThan(20);
      expect(alive.map(toHex)).toEqual([]);
    },
  );

  it('A11: joining overwrites what let the newcomer in', async () => {
    const room = await Room.with(1, keys);
    const candidate = await room.candidate();
    const prepared = await room.admit(0, [candidate]);
    const seen = watchSecrets();
    await Insider.accept(room, candidate, prepared);
    const psk = toHex(room.invite.psk);
    const used = [...seen.hkdf, ...seen.salts, ...seen.aes].filter((bytes) => toHex(bytes) !== psk);
    expect(used.filter((bytes) => !isErased(bytes)).map(toHex)).toEqual([]);
  });

  it('A11: a change of the link overwrites all but the link it gives', async () => {
    const room = await Room.with(2, keys);
    const seen = watchSecrets();
    const { rotate } = await room.commit(0, { addKeyPackages: [], removes: [], rotate: true });
    const alive = [...seen.hkdf, ...seen.salts, ...seen.aes].filter((bytes) => !isErased(bytes));
    expect(new Set(alive.map(toHex))).toEqual(new Set([toHex(rotate?.linkSecret ?? new Uint8Array(0))]));
  });

  it('A11: deriving an invite overwrites all but the invite', async () => {
    const linkSecret = new Uint8Array(19).fill(7);
    const seen = watchSecrets();
    await deriveInvite(linkSecret, 'horse', { kdf: 1, iter: 600_000 });
    const kept = [...seen.hkdf, ...seen.passwords, ...seen.salts].filter((bytes) => bytes !== linkSecret);
    expect(seen.passwords).toHaveLength(1);
    expect(kept.filter((bytes) => bytes.length > 0 && !isErased(bytes))).toEqual([]);
  });

  it('A11: what a step of a chain was cut from is overwritten', async () => {
    const { sender } = await twoInsiders();
    const seen = watchSecrets();
    await sealMessage(sender, text('x'), false);
    expect(seen.derived.map(({ length }) => length)).toEqual([64]);
    expect(seen.derived.every(isErased)).toBe(true);
  });

  it('A11: a commit that lost against another leaves nothing behind', async () => {
    const room = await Room.with(2, keys);
    const [alice, bob] = [room.member(0).group, room.member(1).group];
    const renew = { addKeyPackages: [], removes: [], rekey: true };
    const winner = await alice.prepareCommit(renew);
    const seen = watchSecrets();
    await bob.prepareCommit(renew);
    const derived = [...seen.derived];
    expect(derived.every(isErased)).toBe(false);
    await bob.applyCommit(room.seq + 1, winner.frame, winner.wraps[0]);
    expect(derived.every(isErased)).toBe(true);
  });

  it('erase() in the middle of an operation refuses it and overwrites what it made', async () => {
    const room = await Room.with(2, keys);
    const { group } = room.member(0);
    const seen = watchSecrets();
    const sign = subtle.sign.bind(subtle);
    jest.spyOn(subtle, 'sign').mockImplementation((algorithm, key, data) => {
      if (key.algorithm.name === 'ECDSA') group.erase();
      return sign(algorithm, key, data);
    });
    const overtaken = group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    expect(await refusalOf(overtaken)).toBe('ERR_CLOSED');
    expect(seen.derived.length).toBeGreaterThan(8);
    expect(seen.derived.every(isErased)).toBe(true);
  });

  it('erase() overwrites every secret of a group, and what overtakes it is refused', async () => {
    const { room } = await twoInsiders();
    const { group } = room.member(0);
    const seen = watchSecrets();
    const before = await group.seal(text('before'));
    expect(before).toHaveLength(298);
    const prepared = await group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
    const overtaken = group.seal(text('too late'));
    group.erase();
    expect(await refusalOf(overtaken)).toBe('ERR_CLOSED');
    expect(await refusalOf(group.merge(prepared, room.seq + 1))).toBe('ERR_CLOSED');
    expect([...seen.aes, ...seen.hkdf, ...seen.mac].every(isErased)).toBe(true);
    expect(room.invite.psk.every((byte) => byte === 0)).toBe(false);
  });

  /** Tries every secret of a state, and twenty steps of each of its chains, as the key of an envelope. */
  async function openedByHand(env: Bytes, state: GroupState, idx: number): Promise<boolean> {
    const { iv, ciphertext, clear } = parseEnvelope(env);
    const candidates = secretsOf(state.epoch);
    for (const chain of state.epoch.chains.values()) {
      let { key } = chain;
      for (let counter = 0; counter < 20; counter++) {
        const okm = await dk(key, 'step', u32(counter), 64);
        candidates.push(okm.slice(0, 32));
        key = okm.slice(32);
      }
    }
    const aad = concat(tag('msg'), clear, state.gid, u16(idx), u32(0));
    const opened = await Promise.all(candidates.map((key) => aesGcmOpen(key, iv, aad, ciphertext)));
    return opened.some((plaintext) => plaintext !== undefined);
  }
});

describe('claim 13: a newcomer can not read the past', () => {
  it('C9: neither the messages nor the commits from before it came', async () => {
    const room = await Room.with(2, keys);
    const past = await room.member(0).group.seal(text('before you came'));
    await room.deliver(room.member(0), past);
    const renewal = await room.commit(0, { addKeyPackages: [], removes: [], rekey: true });
    const carol = await Insider.join(room, await room.candidate());
    expect(await refusalOf(openMessage(carol.state, past))).toBe('ERR_EPOCH');
    const renumbered = new Uint8Array(past);
    renumbered.set([0, 0, 0, carol.state.epoch.context.epoch], 4);
    expect(await refusalOf(openMessage(carol.state, renumbered))).toMatch(/AEAD|GAP/);
    const { iv, ciphertext } = parseEnvelope(past);
    for (const key of secretsOf(carol.epoch)) {
      expect(await aesGcmOpen(key, iv, new Uint8Array(0), ciphertext)).toBeUndefined();
    }
    expect(renewal.wraps.map(({ idx }) => idx)).not.toContain(carol.idx);
  });
});
