import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Bytes } from './bytes.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { watchCopies } from './test-support/copies.ts';
import { refusalOf } from './test-support/refusal.ts';
import { Room, text, wrapFor } from './test-support/room.ts';

const keys = keyPool();
const none = { addKeyPackages: [], removes: [] };

afterEach(() => {
  jest.restoreAllMocks();
});

describe('claim 14: of a message key that is kept for newcomers', () => {
  it('there is one copy at each member and no other, through writing, reading, handing on and joining', async () => {
    const room = await Room.with(2, keys, 2, { history: 1 });
    const mallory = await Insider.join(room, await room.candidate());
    const copies = watchCopies();
    await room.say(0, 'one copy each');
    await mallory.read(room.item(room.seq));
    const key = keyOf(mallory);
    const alone = copies.holding(key).map(({ length }) => length);
    expect(alone).toEqual([32, 32, 32]);
    const carol = await Insider.join(room, await room.candidate());
    expect(keyOf(carol)).toEqual(key);
    expect(copies.holding(key).map(({ length }) => length)).toEqual([32, 32, 32, 32]);
  });

  it('there is none once all have forgotten it', async () => {
    const room = await Room.with(2, keys, 2, { history: 1 });
    const mallory = await Insider.join(room, await room.candidate());
    const copies = watchCopies();
    await room.say(0, 'and gone');
    await mallory.read(room.item(room.seq));
    const key = new Uint8Array(keyOf(mallory));
    expect(copies.holding(key)).toHaveLength(3);
    for (const { group } of room.members) await group.forget(() => true);
    mallory.state.history?.forget(() => true);
    expect(copies.holding(key)).toHaveLength(0);
  });

  it('there is none of a message that a commit made void', async () => {
    const room = await Room.with(2, keys, 2, { history: 1 });
    const [alice, bob] = [room.member(0), room.member(1)];
    const copies = watchCopies();
    await bob.group.seal(text('too late'));
    const kept = copies.all().filter(({ length }) => length === 32);
    const alive = () => kept.filter((buffer) => buffer.some((byte) => byte !== 0)).length;
    const before = alive();
    const winner = await alice.group.prepareCommit({ ...none, rekey: true });
    await bob.group.applyCommit(room.seq + 1, winner.frame, wrapFor(winner, bob));
    expect(alive()).toBeLessThan(before);
  });

  it('there is none when a group is erased', async () => {
    const room = await Room.with(2, keys, 2, { history: 1 });
    const mallory = await Insider.join(room, await room.candidate());
    const copies = watchCopies();
    await room.say(0, 'and gone');
    await mallory.read(room.item(room.seq));
    const key = new Uint8Array(keyOf(mallory));
    for (const { group } of room.members) group.erase();
    expect(copies.holding(key)).toHaveLength(1);
  });
});

describe('claim 14: a change of the link', () => {
  it('leaves the new link secret with those who are told it, and nowhere else', async () => {
    const room = await Room.with(3, keys, 2);
    const copies = watchCopies();
    const prepared = await room.commit(0, { ...none, removes: [{ idx: 2, reason: 'kick' }] });
    const linkSecret = prepared.rotate?.linkSecret ?? new Uint8Array(19).fill(1);
    expect(copies.holding(linkSecret).map(({ length }) => length)).toEqual([19, 19]);
  });

  it('leaves the stretched password nowhere', async () => {
    const room = await Room.with(2, keys, 2, { hasPassword: true });
    const stretched: Bytes[] = [];
    const { subtle } = globalThis.crypto;
    const deriveBits = subtle.deriveBits.bind(subtle);
    jest.spyOn(subtle, 'deriveBits').mockImplementation(async (algorithm, key, length) => {
      const bits = await deriveBits(algorithm, key, length);
      if ((algorithm as { name: string }).name === 'PBKDF2') stretched.push(new Uint8Array(bits.slice(0)));
      return bits;
    });
    const copies = watchCopies();
    const password = { password: 'horse', stretch: { kdf: 1, iter: 600_000 } } as const;
    await room.commit(0, { ...none, rotate: true, password });
    expect(stretched).toHaveLength(1);
    expect(copies.holding(stretched[0] ?? new Uint8Array(1))).toEqual([]);
  });

  it('that is refused takes its new link along', async () => {
    const room = await Room.with(2, keys, 2);
    const copies = watchCopies();
    const wish = { ...none, removes: [{ idx: 0, reason: 'kick' as const }] };
    expect(await refusalOf(room.member(0).group.prepareCommit(wish))).toBe('ERR_OP');
    const links = copies.all().filter(({ length }) => length === 19);
    expect(links.length).toBeGreaterThan(0);
    expect(links.every((link) => link.every((byte) => byte === 0))).toBe(true);
  });
});

function keyOf({ state }: Insider): Bytes {
  const [seq = 0] = state.history?.seqs ?? [];
  return state.history?.keyOf(seq)?.key ?? new Uint8Array(32);
}
