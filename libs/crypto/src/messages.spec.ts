import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Bytes, concat, utf8 } from './bytes.ts';
import { type Content, CONTENT_TYPES } from './content.ts';
import { decodePlaintext, encodePlaintext, openPlaintext, parseEnvelope } from './envelope.ts';
import { BUCKETS } from './padding.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { type Member, Room, text, wordsOf } from './test-support/room.ts';
import { randomBytes } from './webcrypto.ts';

const keys = keyPool();

let room: Room;
let alice: Member;
let bob: Member;
let mallory: Insider;
let seq: number;

/** Alice (idx 0), Bob (idx 1) and Mallory (idx 2), a member who keeps everybody's keys. */
beforeEach(async () => {
  room = await Room.with(2, keys);
  [alice, bob] = [room.member(0), room.member(1)];
  mallory = await Insider.join(room, await room.candidate());
  seq = room.seq;
});

function bobOn(env: Bytes) {
  return refusalOf(bob.group.open(++seq, env));
}

describe('claim 10: a member can not speak as another', () => {
  it("C7: content in Alice's slot under Alice's key, signed by Mallory", async () => {
    const slot = { idx: 0, counter: 0 };
    const encoded = mallory.encode(text('I, Alice, agree'));
    const plaintext = encodePlaintext(encoded, await mallory.sign(slot, encoded));
    expect(await bobOn(await mallory.sealInto(slot, plaintext))).toBe('ERR_SIG');
    expect(await bobOn(await alice.group.seal(text('I do not')))).toBe('accepted');
  });

  it("C7b: Alice's genuine signed content at a new number, in Mallory's slot, or as another kind", async () => {
    const env = await alice.group.seal(text('send 1 coin'));
    const plaintext = await plaintextOf(env);
    expect(await bobOn(env)).toBe('accepted');
    expect(await bobOn(await mallory.sealInto({ idx: 0, counter: 1 }, plaintext))).toBe('ERR_SIG');
    expect(await bobOn(await mallory.sealInto({ idx: 2, counter: 0 }, plaintext))).toBe('ERR_SIG');
    expect(await bobOn(await mallory.sealInto({ idx: 0, counter: 0 }, plaintext))).toBe('ERR_REPLAY');
  });

  it('C7: altered words under a genuine signature', async () => {
    const plaintext = await plaintextOf(await alice.group.seal(text('send 1 coin')));
    const altered = new Uint8Array(plaintext);
    altered.set(utf8('9'), 42 + 'send '.length);
    expect(await bobOn(await mallory.sealInto({ idx: 0, counter: 0 }, altered))).toBe('ERR_SIG');
  });

  it('nor from a slot that nobody has', async () => {
    const slot = { idx: 7, counter: 0 };
    const encoded = mallory.encode(text('boo'));
    const epoch = { ...mallory.epoch, chains: new Map([[7, { next: 0, key: randomBytes(32) }]]) };
    const plaintext = encodePlaintext(encoded, await mallory.sign(slot, encoded));
    expect(await bobOn(await mallory.sealInto(slot, plaintext, { epoch }))).toBe('ERR_AEAD');
  });

  /** Every member can take an envelope apart. */
  async function plaintextOf(env: Bytes): Promise<Bytes> {
    const { messageKey } = await mallory.stepTo({ idx: 0, counter: 0 });
    return openPlaintext(parseEnvelope(env), room.member(0).group.gid, { idx: 0, counter: 0 }, messageKey);
  }
});

describe('claim 5: a replay is refused', () => {
  it('C4: in the same epoch', async () => {
    const env = await alice.group.seal(text('once'));
    expect(await bobOn(env)).toBe('accepted');
    expect(await bobOn(env)).toBe('ERR_REPLAY');
  });

  it('C4: in a later epoch, renumbered or not', async () => {
    const env = await alice.group.seal(text('once'));
    await room.deliver(alice, env);
    await room.commit(0, { addKeyPackages: [], removes: [], rekey: true });
    seq = room.seq;
    expect(await bobOn(env)).toBe('ERR_EPOCH');
    const renumbered = new Uint8Array(env);
    renumbered.set([0, 0, 0, bob.group.epoch], 4);
    expect(await bobOn(renumbered)).toBe('ERR_AEAD');
  });

  it('C20: in another room or as another suite', async () => {
    const other = await Room.with(2, keys);
    await other.commit(0, { addKeyPackages: [], removes: [], rekey: true });
    expect(other.member(0).group.epoch).toBe(bob.group.epoch);
    expect(await bobOn(await other.member(0).group.seal(text('hello')))).toMatch(/AEAD|REPLAY|GAP/);
    const otherSuite = await alice.group.seal(text('hello'));
    otherSuite.set([0, 1], 1);
    expect(await bobOn(otherSuite)).toBe('ERR_SUITE');
  });

  it('a later message may pass over lost ones, which are then refused', async () => {
    const envs: Bytes[] = [];
    for (let i = 0; i < 4; i++) envs.push(await alice.group.seal(text(`${i}`)));
    const [first, , third, fourth] = envs as [Bytes, Bytes, Bytes, Bytes];
    expect(await bobOn(fourth)).toBe('accepted');
    expect(await bobOn(first)).toBe('ERR_REPLAY');
    expect(await bobOn(third)).toBe('ERR_REPLAY');
  });

  it('but not more than 512 of them', async () => {
    const at = async (counter: number) => bobOn(await mallory.sealOwn(text('far'), counter));
    expect(await at(513)).toBe('ERR_GAP');
    expect(await at(512)).toBe('accepted');
  });
});

describe('claim 19: what is malformed is refused', () => {
  it('C17: every single-byte flip of an envelope, and the chain does not move', async () => {
    const env = await alice.group.seal(text('intact'));
    for (let i = 0; i < env.length; i++) expect(await bobOn(flipped(env, i))).not.toBe('accepted');
    const opened = await bob.group.open(++seq, env);
    expect(wordsOf(opened.content)).toBe('intact');
  });

  it('C17: a shortened or lengthened envelope, another version or frame type', async () => {
    const env = await alice.group.seal(text('intact'));
    const edits = [env.slice(0, -1), concat(env, new Uint8Array(1)), env.slice(0, 42), new Uint8Array(0)];
    for (const edit of edits) expect(await bobOn(edit)).toBe('ERR_FORMAT');
    for (const [at, value] of [
      [0, 2],
      [1, 1],
      [3, 0x22],
      [3, 0x10],
    ] as const) {
      const edited = new Uint8Array(env);
      edited[at] = value;
      expect(await bobOn(edited)).toBe('ERR_FORMAT');
    }
    const ephemeral = new Uint8Array(env);
    ephemeral[3] = 0x21;
    expect(await bobOn(ephemeral)).toBe('ERR_AEAD');
  });

  it('A14: dirty padding, and more padding than needed', async () => {
    const dirty = (plaintext: Bytes) => flipped(plaintext, plaintext.length - 1);
    expect(await bobOn(await mallory.sealOwn(text('x'), 0, dirty))).toBe('ERR_FORMAT');
    const wide = (plaintext: Bytes) => concat(plaintext, new Uint8Array(256));
    expect(await bobOn(await mallory.sealOwn(text('x'), 0, wide))).toBe('ERR_FORMAT');
    const cut = (plaintext: Bytes) =>
      concat(plaintext.slice(0, 39), Uint8Array.of(0, 1, 0), plaintext.slice(42));
    expect(await bobOn(await mallory.sealOwn(text('x'), 0, cut))).toBe('ERR_FORMAT');
    expect(await bobOn(await mallory.sealOwn(text('x'), 0))).toBe('accepted');
  });

  it.each([0, 8, 255])('A13: content of the unknown kind %i', async (type) => {
    expect(await bobOn(await mallory.sealOwn({ ...text('x'), type }, 0))).toBe('ERR_FORMAT');
    expect(await refusalOf(alice.group.seal({ ...text('x'), type }))).toBe('ERR_FORMAT');
  });

  it('claim 28: content that goes back behind a key update its sender has named', async () => {
    const naming = async (kuSeq: number, counter: number) => {
      const slot = { idx: 2, counter };
      const encoded = mallory.encode(text('x'), 0, kuSeq);
      return mallory.sealInto(slot, encodePlaintext(encoded, await mallory.sign(slot, encoded)));
    };
    expect(await bobOn(await naming(2, 0))).toBe('accepted');
    expect(await bobOn(await naming(1, 1))).toBe('ERR_KU_ROLLBACK');
    expect(await bobOn(await naming(2, 2))).toBe('accepted');
  });

  it('A13: numbers that do not fit', async () => {
    for (const broken of [
      { sentMs: -1 },
      { sentMs: 1.5 },
      { ttlSeconds: 2 ** 32 },
      { ttlSeconds: Number.NaN },
    ]) {
      expect(await refusalOf(alice.group.seal({ ...text('x'), ...broken }))).toBe('ERR_FORMAT');
    }
    expect(await room.deliver(alice, await alice.group.seal(text('fine')))).toEqual(['fine']);
  });
});

describe('the length limit of a text', () => {
  const emoji = '😀'.repeat(2_000);

  it('is 4,000 UTF-16 units, whatever they weigh in bytes', async () => {
    for (const words of ['x'.repeat(4_000), '€'.repeat(4_000), emoji, `\uFEFF${'x'.repeat(3_999)}`]) {
      expect(await refusalOf(alice.group.seal(text(words)))).toBe('accepted');
      expect(await refusalOf(alice.group.seal(text(`${words}x`)))).toBe('ERR_TEXT_TOO_LONG');
    }
  });

  it('is enforced by the receiver too, against a sender who does not check', async () => {
    expect(await bobOn(await mallory.sealOwn(text('x'.repeat(4_001)), 0))).toBe('ERR_TEXT_TOO_LONG');
    expect(await bobOn(await mallory.sealOwn(text(`${emoji}x`), 1))).toBe('ERR_TEXT_TOO_LONG');
    expect(await bobOn(await mallory.sealOwn(text(emoji), 2))).toBe('accepted');
  });

  it('leaves other kinds of content alone, up to the largest bucket', async () => {
    const profile = (length: number): Content => ({
      type: CONTENT_TYPES.profile,
      sentMs: 1,
      ttlSeconds: 60,
      body: new Uint8Array(length),
    });
    expect(await refusalOf(alice.group.seal(profile(16_384 - 106)))).toBe('accepted');
    expect(await refusalOf(alice.group.seal(profile(16_384 - 105)))).toBe('ERR_TOO_LARGE');
  });

  it('refuses text that is not UTF-8', async () => {
    const broken = { ...text(''), body: Uint8Array.of(0xc3, 0x28) };
    expect(await refusalOf(alice.group.seal(broken))).toBe('ERR_FORMAT');
    expect(await bobOn(await mallory.sealOwn(broken, 0))).toBe('ERR_FORMAT');
  });
});

describe('claim 20: lengths on the wire', () => {
  it('C18: come from seven buckets only', async () => {
    const lengths = new Set<number>();
    for (const body of [0, 1, 149, 150, 151, 406, 407, 918, 1_942, 3_990, 8_086, 8_087, 16_278]) {
      const content = { ...text(''), type: CONTENT_TYPES.profile, body: new Uint8Array(body) };
      lengths.add((await alice.group.seal(content)).length);
    }
    expect([...lengths]).toEqual(BUCKETS.map((size) => size + 42));
    expect((await alice.group.seal(text('x'.repeat(150)))).length).toBe(298);
    expect((await alice.group.seal(text('x'.repeat(151)))).length).toBe(554);
  });

  it('and two envelopes of the same text share nothing but the clear header', async () => {
    const [one, two] = [await alice.group.seal(text('same')), await alice.group.seal(text('same'))];
    expect(one.slice(0, 8)).toEqual(two.slice(0, 8));
    const equal = Array.from(one.slice(8)).filter((byte, i) => byte === two[i + 8]).length;
    expect(equal).toBeLessThan(15);
  });

  it('and a plaintext reads back as it was written', async () => {
    const encoded = mallory.encode(text('round'));
    const { stamped, encodedContent } = decodePlaintext(encodePlaintext(encoded, new Uint8Array(64)));
    expect(encodedContent).toEqual(encoded);
    expect(stamped.content).toEqual(text('round'));
  });
});
