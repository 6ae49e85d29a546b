import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Bytes } from './bytes.ts';
import { Group } from './group.ts';
import { History } from './history.ts';
import { type HistoryBlock, MAX_HISTORY } from './history-block.ts';
import { ForkError } from './messages.ts';
import { forgeWelcome } from './test-support/forged-welcome.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { hashesFor, readPast } from './test-support/past.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { type Member, Room, text, wordsOf } from './test-support/room.ts';
import { itemHash, Transcript } from './transcript.ts';
import { randomBytes } from './webcrypto.ts';

const keys = keyPool();
const none = { addKeyPackages: [], removes: [] };
const WITH_HISTORY = { history: 1 as const };

async function newcomer(room: Room, by = 0): Promise<Member> {
  await room.admit(by, [await room.candidate()]);
  return room.member(room.members.length - 1);
}

describe.each([1, 2] as const)('a room with history, in suite %i', (suite) => {
  it('lets a newcomer read what everybody said before, over several epochs', async () => {
    const room = await Room.with(2, keys, suite, WITH_HISTORY);
    await room.say(0, 'from the one who lets her in');
    await room.say(1, 'from another');
    await room.commit(1, { ...none, rekey: true });
    await room.say(1, 'in a later epoch');
    const carol = await newcomer(room);
    expect(await readPast(carol, room)).toEqual([
      'from the one who lets her in',
      'from another',
      'in a later epoch',
    ]);
    expect(await room.say(2, 'thanks')).toEqual(['thanks', 'thanks']);
  });

  it('hands on what somebody said who has left, or leaves with the same commit', async () => {
    const room = await Room.with(4, keys, suite, WITH_HISTORY);
    await room.say(3, 'from who left');
    await room.commit(0, { ...none, removes: [{ idx: 3, reason: 'left' }] });
    await room.admit(0, [await room.candidate()]);
    await room.say(3, 'from who has that place now');
    await room.say(2, 'from who goes');
    const dora = await room.candidate();
    const change = {
      addKeyPackages: [dora.keyPackage.bytes],
      removes: [{ idx: 2, reason: 'timeout' as const }],
    };
    await room.commit(0, change, [dora]);
    expect(await readPast(room.member(room.members.length - 1), room)).toEqual([
      'from who left',
      'from who has that place now',
      'from who goes',
    ]);
  });

  it('lets a newcomer hand on in turn what it was handed, once it has seen the proof', async () => {
    const room = await Room.with(1, keys, suite, WITH_HISTORY);
    const env = await room.member(0).group.seal(text('first words'));
    await room.deliver(room.member(0), env);
    const second = await newcomer(room);
    const unproven = await newcomer(room, 1);
    expect(unproven.group.historySeqs).toEqual([]);
    await readPast(second, room);
    await room.commit(1, { ...none, removes: [{ idx: 0, reason: 'left' }] });
    const late = await newcomer(room, 0);
    expect(await readPast(late, room)).toEqual(['first words']);
  });
});

describe('what was handed on', () => {
  it('tells who wrote and when, and judges what the writer had seen', async () => {
    const room = await Room.with(2, keys, 2, WITH_HISTORY);
    await room.say(1, 'one');
    await room.say(1, 'two');
    const carol = await newcomer(room);
    const bob = room.member(1).group.self;
    await carol.group.proveHistory(await hashesFor(carol, room));
    const [, second = 0] = carol.group.historySeqs;
    const opened = await carol.group.openHistory(second, room.item(second));
    expect(opened).toMatchObject({ idx: 1, mid: bob.mid, ctr: 1, epoch: 1, sctr: 1, seqAck: second - 1 });
  });

  it('does not count what is only hashed by the server', async () => {
    const room = await Room.with(2, keys, 2, WITH_HISTORY);
    await room.deliver(room.member(0), await room.member(0).group.seal(text('x'), { ephemeral: true }));
    await room.deliver(room.member(1), await room.member(1).group.seal(text('y'), { ephemeral: true }));
    const carol = await newcomer(room);
    expect(carol.group.historySeqs).toEqual([]);
    expect(await readPast(carol, room)).toEqual([]);
  });

  it('is what came before the commit was made; what came while it was on its way is only hashed', async () => {
    const room = await Room.with(2, keys, 2, WITH_HISTORY);
    await room.say(0, 'before');
    const candidate = await room.candidate();
    const { bytes } = candidate.keyPackage;
    const prepared = await room.member(0).group.prepareCommit({ ...none, addKeyPackages: [bytes] });
    await room.say(1, 'in between');
    const seq = room.items.push(prepared.frame);
    await room.member(0).group.merge(prepared, seq);
    const carol = await room.welcome(candidate, prepared, seq);
    expect(await readPast(carol, room)).toEqual(['before']);
  });

  it('claim 13: is nothing in a room without history', async () => {
    const room = await Room.with(2, keys);
    await room.say(0, 'before');
    const carol = await newcomer(room);
    expect([carol.group.historySeqs, carol.group.historyRange]).toEqual([[], undefined]);
    expect(await refusalOf(carol.group.proveHistory([]))).toBe('ERR_KEY_GONE');
    expect(await refusalOf(carol.group.openHistory(2, room.item(2)))).toBe('ERR_KEY_GONE');
  });
});

describe('claim 14: with history, a message dies with its timer', () => {
  it('what every member has forgotten no newcomer reads, while the rest stays', async () => {
    const room = await Room.with(2, keys, 2, WITH_HISTORY);
    const short = { ...text('for a minute'), ttlSeconds: 60 };
    await room.deliver(room.member(1), await room.member(1).group.seal(short));
    await room.say(0, 'for longer');
    const shown: unknown[] = [];
    await room.member(0).group.forget(({ seq, sentMs, ttlSeconds }) => {
      shown.push([seq, sentMs, ttlSeconds]);
      return ttlSeconds === 60;
    });
    expect(shown).toEqual([
      [2, short.sentMs, 60],
      [3, short.sentMs, 600],
    ]);
    const carol = await newcomer(room);
    expect(await readPast(carol, room)).toEqual(['for longer']);
    await carol.group.forget(({ sentMs, ttlSeconds }) => sentMs !== undefined && ttlSeconds === 600);
    expect(carol.group.historySeqs).toEqual([]);
    expect(await refusalOf(carol.group.openHistory(3, room.item(3)))).toBe('ERR_KEY_GONE');
  });

  it('its key is overwritten when it is forgotten and when the group is erased', () => {
    const held = new History();
    const key = () => ({ epoch: 1, idx: 0, counter: 0, key: randomBytes(32), sentMs: 1, ttlSeconds: 60 });
    const [forgotten, erased, unsent] = [key(), key(), key()];
    held.opened(1, forgotten);
    held.opened(2, erased);
    held.sealed(randomBytes(32), unsent);
    held.forget(({ seq }) => seq === 1);
    expect([forgotten, erased, unsent].map(isZero)).toEqual([true, false, false]);
    held.erase();
    expect([forgotten, erased, unsent].map(isZero)).toEqual([true, true, true]);
  });

  it('keeps the newest 512 at most', () => {
    const held = new History();
    const first = { epoch: 1, idx: 0, counter: 0, key: randomBytes(32) };
    held.opened(1, first);
    for (let seq = 2; seq <= MAX_HISTORY + 1; seq++) held.opened(seq, { ...first, key: randomBytes(32) });
    expect(held.seqs).toHaveLength(MAX_HISTORY);
    expect(held.seqs[0]).toBe(2);
    expect(isZero(first)).toBe(true);
  });
});

describe('a hostile server that shows a newcomer the past', () => {
  let room: Room;
  let carol: Member;

  beforeEach(async () => {
    room = await Room.with(2, keys, 2, WITH_HISTORY);
    for (const words of ['Shall I delete it?', 'Pizza?', 'yes']) await room.say(0, words);
    carol = await newcomer(room);
  });

  it('can not leave out, swap or add an item', async () => {
    const honest = await hashesFor(carol, room);
    const prove = (hashes: Bytes[]) => refusalOf(carol.group.proveHistory(hashes));
    const [a, b, c] = honest;
    if (!a || !b || !c) throw new Error('three messages were said');
    expect(await prove([b, a, c])).toBe('ERR_FORK');
    expect(await prove([a, c])).toBe('ERR_SEQ_GAP');
    expect(await prove([...honest, a])).toBe('ERR_SEQ_GAP');
    expect(await prove([a, b, randomBytes(32)])).toBe('ERR_FORK');
    expect(await refusalOf(carol.group.openHistory(2, room.item(2)))).toBe('ERR_TRANSCRIPT');
    expect(await prove(honest)).toBe('accepted');
  });

  it('can not show one message in the place of another, nor a changed one', async () => {
    await carol.group.proveHistory(await hashesFor(carol, room));
    const open = (seq: number, env: Bytes) => refusalOf(carol.group.openHistory(seq, env));
    expect(await open(2, room.item(3))).toBe('ERR_TRANSCRIPT');
    for (let i = 0; i < 298; i += 7) expect(await open(2, flipped(room.item(2), i))).toBe('ERR_TRANSCRIPT');
    expect(await open(5, room.item(5))).toBe('ERR_KEY_GONE');
    expect(await open(2, room.item(2))).toBe('accepted');
    expect(await open(2, room.item(2))).toBe('accepted');
  });
});

describe('a hostile member who hands on the past', () => {
  let room: Room;
  let mallory: Insider;

  beforeEach(async () => {
    room = await Room.with(2, keys, 2, WITH_HISTORY);
    mallory = await Insider.join(room, await room.candidate());
    for (const words of ['first', 'second']) {
      await room.say(0, words);
      await mallory.read(room.item(room.seq));
    }
  });

  const welcomed = async (change: (block: HistoryBlock) => HistoryBlock) => {
    const candidate = await room.candidate();
    const { state } = mallory;
    const block = state.history?.block(state.epoch, state.epoch.roster, state.transcript);
    if (!block) throw new Error('there is no history');
    const input = await forgeWelcome(mallory, candidate, {
      info: (info) => ({ ...info, history: change(block) }),
    });
    return { input, candidate };
  };
  const judged = async (change: (block: HistoryBlock) => HistoryBlock) =>
    refusalOf(Group.join((await welcomed(change)).input));

  it('can not contradict herself', async () => {
    expect(await judged((block) => block)).toBe('accepted');
    const twice = ({ keys: [one, two], ...rest }: HistoryBlock) => ({
      ...rest,
      keys: one && two ? [one, { ...one, seq: two.seq }] : [],
    });
    expect(await judged(twice)).toBe('ERR_GI');
    expect(await judged((block) => ({ ...block, keys: [...block.keys].reverse() }))).toBe('ERR_GI');
    const shifted = (by: number) => (block: HistoryBlock) => ({
      ...block,
      keys: block.keys.map((key) => ({ ...key, seq: key.seq + by })),
    });
    expect(await judged(shifted(1))).toBe('ERR_GI');
    expect(await judged(shifted(-1))).toBe('ERR_GI');
    const epochs = (by: number) => (block: HistoryBlock) => ({
      ...block,
      keys: block.keys.map((key) => ({ ...key, epoch: key.epoch + by })),
      contexts: block.contexts.map((each) => ({ ...each, epoch: each.epoch + by })),
    });
    expect(await judged(epochs(1))).toBe('ERR_GI');
    expect(await judged((block) => ({ ...block, contexts: [] }))).toBe('ERR_GI');
    expect(await judged((block) => ({ ...block, contexts: [...block.contexts, ...block.contexts] }))).toBe(
      'ERR_GI',
    );
    const base = { seq: room.seq + 1, transcript: randomBytes(32) };
    expect(await judged((block) => ({ ...block, keys: [], base }))).toBe('ERR_GI');
  });

  it('can not say more than 512 messages were said', async () => {
    const [key] = mallory.state.history?.seqs ?? [];
    const held = mallory.state.history?.keyOf(key ?? 0);
    if (!held) throw new Error('nothing is held');
    const anchorSeq = MAX_HISTORY + 2;
    const { position } = mallory.state.transcript;
    const longer = new Transcript(position);
    while (longer.position.seq < anchorSeq) await longer.fold(longer.position.seq + 1, randomBytes(32));
    const many = Array.from({ length: MAX_HISTORY + 1 }, (_, i) => ({ ...held, seq: i + 2, counter: i }));
    const candidate = await room.candidate();
    const contexts = [{ epoch: held.epoch, contextHash: randomBytes(32) }];
    const history = { keys: many, base: { seq: 1, transcript: randomBytes(32) }, contexts, departed: [] };
    const input = await forgeWelcome(mallory, candidate, {
      info: (info) => ({ ...info, anchor: longer.position, history }),
    });
    const welcome = { ...input.welcome, seq: anchorSeq + 1 };
    expect(await refusalOf(Group.join({ ...input, welcome }))).toBe('ERR_GI');
  });

  it('can not put her words into the mouth of another', async () => {
    const forgery = (change: (block: HistoryBlock) => HistoryBlock) => opened(change, room.item(3));
    const hers = (block: HistoryBlock) => ({
      ...block,
      keys: block.keys.map((key) => ({ ...key, idx: 1 })),
    });
    expect(await forgery((block) => block)).toBe('accepted');
    expect(await forgery(hers)).toBe('ERR_AEAD');
    const rekeyed = (block: HistoryBlock) => ({
      ...block,
      keys: block.keys.map((key) => ({ ...key, key: randomBytes(32) })),
    });
    expect(await forgery(rekeyed)).toBe('ERR_AEAD');
    const nobody = (block: HistoryBlock) => ({
      ...block,
      keys: block.keys.map((key) => ({ ...key, idx: 7 })),
    });
    expect(await forgery(nobody)).toBe('ERR_ROSTER');
    const elsewhere = (block: HistoryBlock) => ({
      ...block,
      contexts: block.contexts.map((each) => ({ ...each, contextHash: randomBytes(32) })),
    });
    expect(await forgery(elsewhere)).toBe('ERR_SIG');
    const earlier = (block: HistoryBlock) => ({
      ...block,
      keys: block.keys.map((key) => ({ ...key, epoch: key.epoch - 1 })),
      contexts: block.contexts.map((each) => ({ ...each, epoch: each.epoch - 1 })),
    });
    expect(await forgery(earlier)).toBe('ERR_EPOCH');
    const usurped = (block: HistoryBlock) => ({
      ...block,
      keys: block.keys.map((key) => ({ ...key, idx: 7 })),
      departed: [{ idx: 7, joinedEpoch: 0, leftEpoch: 9, sigPub: mallory.identity.sigPub }],
    });
    expect(await forgery(usurped)).toBe('ERR_AEAD');
  });

  it('can not, even with the server, reorder what others had acknowledged', async () => {
    await room.say(1, 'seen in that order');
    await mallory.read(room.item(room.seq));
    const [one, two, three] = [room.item(3), room.item(4), room.item(5)];
    const { history, transcript } = mallory.state;
    const start = transcript.at(2) ?? randomBytes(32);
    const swapped = new Transcript({ seq: 2, transcript: start });
    for (const [i, env] of [two, one, three].entries()) await swapped.fold(3 + i, await itemHash(env));
    const block = history?.block(mallory.state.epoch, mallory.state.epoch.roster, transcript);
    const [first, second, third] = block?.keys ?? [];
    if (!block || !first || !second || !third) throw new Error('three messages were said');
    const lie = {
      ...block,
      keys: [{ ...second, seq: 3 }, { ...first, seq: 4 }, third],
      base: { seq: 2, transcript: start },
    };
    const candidate = await room.candidate();
    const input = await forgeWelcome(mallory, candidate, {
      info: (info) => ({ ...info, anchor: swapped.position, history: lie }),
    });
    const group = await Group.join(input);
    await group.proveHistory(await Promise.all([two, one, three].map(itemHash)));
    const alarm = await group.openHistory(5, three).catch((error: unknown) => error);
    expect(alarm).toBeInstanceOf(ForkError);
    expect(wordsOf((alarm as ForkError).opened.content)).toBe('seen in that order');
  });

  it('a message of an unknown form is refused as if it came today', async () => {
    const tooLong = await mallory.sealOwn(text('x'.repeat(4_001)), 0);
    const seq = room.items.push(tooLong);
    for (const { group } of room.members) {
      expect(await refusalOf(group.open(seq, tooLong))).toBe('ERR_TEXT_TOO_LONG');
    }
    const carol = await newcomer(room);
    await carol.group.proveHistory(await hashesFor(carol, room));
    expect(await refusalOf(carol.group.openHistory(seq, tooLong))).toBe('ERR_TEXT_TOO_LONG');
  });

  async function opened(change: (block: HistoryBlock) => HistoryBlock, env: Bytes) {
    const { input } = await welcomed(change);
    const group = await Group.join(input);
    const { from, to } = group.historyRange ?? { from: 1, to: 0 };
    await group.proveHistory(await Promise.all(room.items.slice(from - 1, to).map(itemHash)));
    return refusalOf(group.openHistory(3, env));
  }
});

function isZero({ key }: { key: Bytes }): boolean {
  return key.every((byte) => byte === 0);
}
