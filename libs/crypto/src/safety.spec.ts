import { describe, expect, it } from '@jest/globals';
import { type Bytes, toHex, utf8 } from './bytes.ts';
import { compareSafetyCodes, memberFingerprint, readSafetyCode, safetyCode, safetyWords } from './safety.ts';
import { SAFETY_WORDS } from './safety-word-list.ts';
import { directoryEntry } from './directory.ts';
import { splitKeyPackage } from './key-package.ts';
import { forgeWelcome } from './test-support/forged-welcome.ts';
import { Group } from './group.ts';
import { fromHex } from './test-support/hex.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { Room, type Member, wrapFor } from './test-support/room.ts';
import { randomBytes, sha256 } from './webcrypto.ts';

const keys = keyPool();
const none = { addKeyPackages: [], removes: [] };

const wordsOf = (group: Group) =>
  safetyWords(
    group.gid,
    group.roster.map(({ sigPub }) => sigPub),
  );

const codeOf = (group: Group) => {
  const { gid, roster, epoch, authenticator } = group;
  return safetyCode({ gid, sigPubs: roster.map(({ sigPub }) => sigPub), epoch, authenticator });
};

const allWords = async (members: Member[]) =>
  new Set(await Promise.all(members.map(async ({ group }) => (await wordsOf(group)).join(' '))));

describe('claim 27: safety words are equal exactly when the members are', () => {
  it('C19: the same for everybody, and through key changes', async () => {
    const room = await Room.with(3, keys);
    const before = await allWords(room.members);
    expect(before.size).toBe(1);
    await room.commit(1, { ...none, rekey: true });
    await room.commit(0, { ...none, rotate: true });
    expect(await allWords(room.members)).toEqual(before);
  });

  it('C19: others as soon as somebody comes or goes', async () => {
    const room = await Room.with(2, keys);
    const seen = new Set(await allWords(room.members));
    await room.admit(0, [await room.candidate()]);
    for (const words of await allWords(room.members)) seen.add(words);
    await room.commit(0, { ...none, removes: [{ idx: 1, reason: 'left' }] });
    for (const words of await allWords(room.members)) seen.add(words);
    expect(seen.size).toBe(3);
  });

  it('C19: others when one key differs in one bit, or the group is another', async () => {
    const gid = randomBytes(32);
    const [one, two] = [randomBytes(65), randomBytes(65)];
    const other = new Uint8Array(two);
    other[64] = (other[64] ?? 0) ^ 1;
    const words = async (group: Bytes, ...sigPubs: Bytes[]) => (await safetyWords(group, sigPubs)).join(' ');
    const base = await words(gid, one, two);
    expect(await words(gid, two, one)).toBe(base);
    for (const changed of [
      await words(gid, one, other),
      await words(gid, one),
      await words(gid, one, two, two),
      await words(randomBytes(32), one, two),
    ]) {
      expect(changed).not.toBe(base);
    }
  });

  it('reveal the puppet room that an insider shows a newcomer', async () => {
    const room = await Room.with(2, keys);
    const mallory = await Insider.join(room, await room.candidate());
    const [victim, puppet] = [await room.candidate(), await room.candidate()];
    const { sigPub } = puppet.identity;
    const { kph, bytes } = puppet.keyPackage;
    const entry = { idx: 9, mid: randomBytes(16), role: 'member' as const, joinedEpoch: 1, sigPub, kph };
    const input = await forgeWelcome(mallory, victim, {
      roster: (roster) => [...roster, entry],
      directory: (directory) => new Map(directory).set(9, directoryEntry(splitKeyPackage(bytes).core)),
    });
    const trapped = await Group.join(input);
    await room.admit(0, [victim]);
    expect(trapped.roster).toHaveLength(5);
    expect(await wordsOf(trapped)).not.toEqual(await wordsOf(room.member(0).group));
    expect(await wordsOf(room.member(2).group)).toEqual(await wordsOf(room.member(0).group));
  });

  it('are twelve words of the first 132 bits of the hash', async () => {
    const gid = new Uint8Array(32);
    const sigPub = fromHex(`04${'ab'.repeat(64)}`);
    const words = await safetyWords(gid, [sigPub]);
    const hash = await sha256(Uint8Array.from([...utf8('BC1 words\0'), ...gid, ...utf8(toHex(sigPub))]));
    let bits = BigInt(`0x${toHex(hash.slice(0, 17))}`) >> 4n;
    const expected: (string | undefined)[] = [];
    for (let i = 0; i < 12; i++) {
      expected.unshift(SAFETY_WORDS[Number(bits & 2047n)]);
      bits >>= 11n;
    }
    expect(words).toEqual(expected);
  });

  it('come from the list that everybody knows', async () => {
    expect(new Set(SAFETY_WORDS).size).toBe(2_048);
    expect(SAFETY_WORDS.every((word) => /^[a-z]{3,8}$/.test(word))).toBe(true);
    const published = '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda';
    expect(toHex(await sha256(utf8(`${SAFETY_WORDS.join('\n')}\n`)))).toBe(published);
  });
});

describe('claim 27: safety codes', () => {
  it('are the same for all members of an epoch, and say what differs otherwise', async () => {
    const room = await Room.with(2, keys);
    const [alice, bob] = [room.member(0).group, room.member(1).group];
    const early = await codeOf(alice);
    expect(compareSafetyCodes(early, await codeOf(bob))).toBe('same');
    await room.commit(0, { ...none, rekey: true });
    expect(compareSafetyCodes(early, await codeOf(bob))).toBe('otherEpoch');
    const elsewhere = (await Room.with(1, keys)).member(0).group;
    expect(compareSafetyCodes(await codeOf(alice), await codeOf(elsewhere))).toBe('otherGroup');
    const { gid, epoch, authenticator } = alice;
    const fewer = await safetyCode({ gid, epoch, authenticator, sigPubs: [alice.self.sigPub] });
    expect(compareSafetyCodes(await codeOf(alice), fewer)).toBe('otherMembers');
  });

  it('find a fork that the words do not see', async () => {
    const room = await Room.with(3, keys);
    const [alice, bob, carol] = [room.member(0), room.member(1), room.member(2)];
    const [left, right] = [
      await alice.group.prepareCommit({ ...none, rekey: true }),
      await alice.group.prepareCommit({ ...none, rekey: true }),
    ];
    await bob.group.applyCommit(room.seq + 1, left.frame, wrapFor(left, bob));
    await carol.group.applyCommit(room.seq + 1, right.frame, wrapFor(right, carol));
    expect(await wordsOf(bob.group)).toEqual(await wordsOf(carol.group));
    expect(compareSafetyCodes(await codeOf(bob.group), await codeOf(carol.group))).toBe('fork');
  });

  it('do not give the authenticator away as a whole', async () => {
    const { group } = (await Room.with(1, keys)).member(0);
    const read = readSafetyCode(await codeOf(group));
    expect(read).toMatchObject({ gid: group.gid, epoch: 0, authenticator: group.authenticator.slice(0, 16) });
  });

  it.each([
    '',
    '1.',
    '2.AAAA',
    '1.AAAA',
    '1.A',
    `1.${'A'.repeat(113)}`,
    `1.${'?'.repeat(112)}`,
    `1.${'A'.repeat(116)}`,
  ])('refuse what is none: %j', async (broken) => {
    expect(() => readSafetyCode(broken)).toThrow(expect.objectContaining({ code: 'ERR_FORMAT' }));
    const own = await codeOf((await Room.with(1, keys)).member(0).group);
    expect(() => compareSafetyCodes(own, broken)).toThrow(expect.objectContaining({ code: 'ERR_FORMAT' }));
  });
});

describe('the fingerprint of a member', () => {
  it('is sixty digits that only its key gives', async () => {
    const [one, two] = [randomBytes(65), randomBytes(65)];
    expect(await memberFingerprint(one)).toMatch(/^\d{5}( \d{5}){11}$/);
    expect(await memberFingerprint(one)).toBe(await memberFingerprint(new Uint8Array(one)));
    expect(await memberFingerprint(one)).not.toBe(await memberFingerprint(two));
    const groups = (await memberFingerprint(one)).split(' ');
    expect(new Set(groups).size).toBeGreaterThan(9);
  });
});
