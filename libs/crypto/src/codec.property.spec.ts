import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Bytes, concat } from './bytes.ts';
import { type CommitBody, decodeCommit, encodeCommit, encodeCommitBody } from './commit.ts';
import { parseCommitFrame } from './commit-frame.ts';
import { type CommitOp } from './commit-ops.ts';
import { CONTENT_TYPES, encodeContent, readContent } from './content.ts';
import { decodePlaintext, encodePlaintext, parseEnvelope } from './envelope.ts';
import { BcError } from './errors.ts';
import { encodeGroupContext, readGroupContext } from './group-context.ts';
import { decodeGroupInfo, decodeWelcomeBundle, encodeGroupInfo } from './group-info.ts';
import { readHistory } from './history-block.ts';
import { decodeInviteCode } from './invite-code.ts';
import { checkKeyPackage, parseKeyPackageCore, splitKeyPackage } from './key-package.ts';
import { parseKeyUpdate } from './key-update.ts';
import { parseNack } from './nack.ts';
import { decodeParams, encodeParams } from './params.ts';
import { Reader } from './reader.ts';
import { decodeRoster, encodeRoster, rosterHash } from './roster.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { PARAMS, Room, text, welcomeFor } from './test-support/room.ts';
import { joinGroup } from './join.ts';
import { u16, u24, u32, u64, u8, v16, v24, v32 } from './writer.ts';

const bytes = (minLength: number, maxLength = minLength) =>
  fc.uint8Array({ minLength, maxLength }).map((array): Bytes => new Uint8Array(array));
const u16s = fc.nat(0xffff);
const u32s = fc.nat(0xffff_ffff);
const suites = fc.constantFrom(1 as const, 2 as const);

const paramsOf = fc.record({
  history: fc.constantFrom(0 as const, 1 as const),
  join: fc.constantFrom(0 as const, 1 as const),
  kick: fc.constantFrom(0 as const, 1 as const, 2 as const),
  hasPassword: fc.boolean(),
  ttlSeconds: fc.integer({ min: 60, max: 86_400 }),
  rekeySeconds: u32s,
  max: fc.integer({ min: 1, max: 0xffff }),
  padId: u16s,
});

const contexts = fc.record({
  suite: suites,
  gid: bytes(32),
  epoch: u32s,
  params: paramsOf,
  inviteGeneration: u16s,
  rosterHash: bytes(32),
  commitHash: bytes(32),
});

const rosters = fc
  .uniqueArray(fc.record({ idx: u16s, joinedEpoch: u32s, sigPub: bytes(65), kph: bytes(32) }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ idx }) => idx,
  })
  .map((entries) => entries.sort((a, b) => a.idx - b.idx))
  .filter((entries) => new Set(entries.map(({ sigPub }) => sigPub.join())).size === entries.length)
  .map((entries) =>
    entries.map((entry, i) => ({
      ...entry,
      mid: new Uint8Array(16),
      role: i === 0 ? ('owner' as const) : ('member' as const),
    })),
  );

const ops: fc.Arbitrary<CommitOp> = fc.oneof(
  fc.record({ op: fc.constant('add' as const), idx: u16s, keyPackage: bytes(0, 40) }),
  fc.record({
    op: fc.constant('remove' as const),
    idx: u16s,
    reason: fc.constantFrom('left' as const, 'timeout' as const, 'kick' as const),
  }),
  fc.record({ op: fc.constant('rotateInvite' as const), generation: u16s, ciphertext: bytes(67) }),
  fc.record({ op: fc.constant('params' as const), params: bytes(16) }),
  fc.record({ op: fc.constant('resign' as const), newPub: bytes(0, 65), proof: bytes(0, 64) }),
);

const bodies: fc.Arbitrary<CommitBody> = fc.record({
  suite: suites,
  gid: bytes(32),
  epoch: u32s,
  committer: u16s,
  rekey: fc.boolean(),
  interimHash: bytes(32),
  ops: fc.array(ops, { maxLength: 5 }),
  ephemeralPoint: bytes(0, 65),
});

const contents = fc.record({
  content: fc.record({
    type: fc.constantFrom(...Object.values(CONTENT_TYPES)),
    sentMs: fc.nat(Number.MAX_SAFE_INTEGER),
    ttlSeconds: u32s,
    body: bytes(0, 700),
  }),
  sctr: u32s,
  kuSeq: u16s,
  seqAck: u32s,
  transcriptAck: bytes(16),
});

/** Keys of as many messages as one likes, from seq 5 on, all in epoch 3. */
const histories = fc.record({
  keys: fc
    .array(fc.record({ idx: u16s, key: bytes(32), gap: fc.integer({ min: 1, max: 9 }) }), { maxLength: 5 })
    .map((list) => {
      let seq = 4;
      return list.map(({ idx, key, gap }, counter) => ({ seq: (seq += gap), epoch: 3, idx, counter, key }));
    }),
  base: fc.record({ seq: fc.nat(4), transcript: bytes(32) }),
  contexts: bytes(32).map((contextHash) => [{ epoch: 3, contextHash }]),
  departed: fc.array(fc.record({ idx: u16s, joinedEpoch: u32s, leftEpoch: u32s, sigPub: bytes(0, 65) }), {
    maxLength: 3,
  }),
});

describe('whatever parses encodes to the same bytes', () => {
  it('integers and lengths', () => {
    fc.assert(
      fc.property(
        fc.nat(255),
        u16s,
        fc.nat(0xffffff),
        u32s,
        fc.nat(Number.MAX_SAFE_INTEGER),
        bytes(0, 300),
        (a, b, c, d, e, f) => {
          const reader = new Reader(concat(u8(a), u16(b), u24(c), u32(d), u64(e), v16(f), v24(f), v32(f)));
          expect([reader.u8(), reader.u16(), reader.u24(), reader.u32(), reader.u64()]).toEqual([
            a,
            b,
            c,
            d,
            e,
          ]);
          expect([reader.v16(), reader.v24(), reader.v32()]).toEqual([f, f, f]);
          reader.end();
        },
      ),
    );
  });

  it('room rules', () => {
    fc.assert(
      fc.property(paramsOf, bytes(16), (params, random) => {
        expect(decodeParams(encodeParams(params))).toEqual(params);
        const parsed = attempt(() => decodeParams(random));
        if (parsed) expect(encodeParams(parsed)).toEqual(random);
      }),
    );
  });

  it('group contexts', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const encoded = encodeGroupContext(context);
        const reader = new Reader(encoded);
        expect(readGroupContext(reader)).toEqual(context);
        reader.end();
      }),
    );
  });

  it('rosters', async () => {
    await fc.assert(
      fc.asyncProperty(rosters, bytes(16), async (roster, rid0) => {
        const encoded = encodeRoster(roster);
        expect(encodeRoster(await decodeRoster(encoded, rid0))).toEqual(encoded);
      }),
      { numRuns: 40 },
    );
  });

  it('group infos', async () => {
    await fc.assert(
      fc.asyncProperty(
        rosters,
        contexts,
        bytes(32),
        u32s,
        histories,
        async (roster, given, hash, n, past) => {
          const withHistory = given.params.history === 1;
          const context = withHistory ? { ...given, epoch: Math.max(given.epoch, 4) } : given;
          const seq = withHistory ? 50 + (n % 1_000) : n;
          const info = {
            history: withHistory ? past : undefined,
            context: {
              ...context,
              rosterHash: await rosterHash(encodeRoster(roster)),
            },
            roster,
            rid0: hash.slice(0, 16),
            committer: 0,
            confirmTag: hash,
            anchor: { seq, transcript: hash },
          };
          const signed = encodeGroupInfo(info);
          const decoded = await decodeGroupInfo(concat(signed, v16(new Uint8Array(64))));
          expect(encodeGroupInfo(decoded.info)).toEqual(signed);
          expect(decoded.signed).toEqual(signed);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('commits, the operations that are not allowed yet included', () => {
    fc.assert(
      fc.property(bodies, bytes(32), bytes(0, 64), (body, confirmTag, signature) => {
        const signed = concat(encodeCommitBody(body), confirmTag);
        const decoded = decodeCommit(encodeCommit({ signed, signature }));
        expect(decoded).toMatchObject({ body, confirmTag, signed, signature });
        expect(encodeCommitBody(decoded.body)).toEqual(decoded.bodyBytes);
      }),
    );
  });

  it('contents and padded plaintexts', () => {
    fc.assert(
      fc.property(contents, bytes(64), (stamped, signature) => {
        const encoded = encodeContent(stamped);
        expect(readContent(new Reader(encoded))).toEqual(stamped);
        const plaintext = encodePlaintext(encoded, signature);
        const decoded = decodePlaintext(plaintext);
        expect(encodePlaintext(decoded.encodedContent, decoded.signature)).toEqual(plaintext);
      }),
    );
  });
});

/** Each parser counts; a nightly run sets a million. */
const FRAMES = Number(process.env['FUZZ_FRAMES'] ?? 100_000);

describe('claim 19: fuzzed input throws nothing but BcError', () => {
  let room: Room;
  let insider: Insider;
  let samples: Bytes[];
  let welcome: Parameters<typeof joinGroup>[0];

  beforeAll(async () => {
    room = await Room.with(2, keyPool());
    insider = await Insider.join(room, await room.candidate());
    const bob = await room.candidate();
    const alice = room.member(0).group;
    const prepared = await alice.prepareCommit({ addKeyPackages: [bob.keyPackage.bytes], removes: [] });
    const groupInfo = prepared.groupInfo ?? new Uint8Array(0);
    welcome = { ...bob, invite: room.invite, welcome: welcomeFor(prepared, bob, room.seq + 1), groupInfo };
    samples = [await alice.seal(text('sample')), prepared.frame, groupInfo, bob.keyPackage.bytes];
  });

  const edits = fc.array(fc.record({ at: fc.nat(4_000), value: fc.nat(255) }), { maxLength: 4 });
  const cuts = fc.record({ sample: fc.nat(3), edits, drop: fc.nat(20), extra: bytes(0, 20) });

  function mutate({
    sample,
    edits: changes,
    drop,
    extra,
  }: {
    sample: number;
    edits: { at: number; value: number }[];
    drop: number;
    extra: Bytes;
  }): Bytes {
    const source = samples[sample] ?? new Uint8Array(0);
    const mutated = concat(source.slice(0, source.length - drop), extra);
    for (const { at, value } of changes) if (mutated.length > 0) mutated[at % mutated.length] = value;
    return mutated;
  }

  it('in the parsers', async () => {
    const parsers: ((input: Bytes) => unknown)[] = [
      parseEnvelope,
      parseKeyUpdate,
      parseNack,
      parseCommitFrame,
      decodeCommit,
      decodePlaintext,
      decodeWelcomeBundle,
      decodeParams,
      (input) => parseKeyPackageCore(splitKeyPackage(input).core),
      (input) => readGroupContext(new Reader(input)),
      (input) => readHistory(new Reader(input), { anchorSeq: 9, epoch: 9 }),
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          bytes(0, 400),
          cuts.map((cut) => mutate(cut)),
        ),
        (input) => {
          for (const parse of parsers) attempt(() => parse(input));
        },
      ),
      { numRuns: Math.ceil(FRAMES / parsers.length) },
    );
  });

  it('in a member who gets it as message, commit or key package', async () => {
    const { group } = room.member(1);
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const input = mutate(cut);
        await refusalOf(group.open(group.position.seq + 1, input));
        await refusalOf(group.applyCommit(group.position.seq + 1, input));
        await refusalOf(checkKeyPackage(input, room.invite, { suite: 2 }));
      }),
      { numRuns: 400 },
    );
  });

  it('in a newcomer who gets it as group info, and in the commit an insider encrypts properly', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        await refusalOf(joinGroup({ ...welcome, groupInfo: mutate({ ...cut, sample: 2 }) }));
        const frame = await insider.forgeCommit(
          { rekey: true },
          { mangle: (full) => concat(full.slice(cut.drop), cut.extra) },
        );
        const { group } = room.member(0);
        await refusalOf(group.applyCommit(group.position.seq + 1, frame));
      }),
      { numRuns: 150 },
    );
  });

  it('in the decoder of codes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 50 }), async (code) => {
        await refusalOf(decodeInviteCode(code));
      }),
    );
  });
});

describe('numbers that do not fit are refused', () => {
  it.each([-1, 256, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%p in one byte', (value) => {
    expect(() => u8(value)).toThrow(BcError);
  });

  it('integers beyond what a double holds', () => {
    expect(() => new Reader(new Uint8Array(8).fill(255)).u64()).toThrow(BcError);
    expect(new Reader(u64(PARAMS.max)).u64()).toBe(PARAMS.max);
  });
});

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof BcError) return undefined;
    throw error;
  }
}
