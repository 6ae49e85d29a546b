import { Group } from '@bytechat/crypto';
import {
  deriveInvite,
  webCryptoKeySource,
  type Bytes,
  type CommitChange,
  type PreparedCommit,
} from '@bytechat/crypto';
import { keyPool } from '@bytechat/crypto/test-support/key-pool';
import { Room, text, welcomeFor, type Candidate, type Member } from '@bytechat/crypto/test-support/room';

export interface Row {
  members: number;
  suite: 1 | 2;
  operation: string;
  /** The best of some rounds: whatever else runs on the machine only adds to it. */
  ms: number;
  /** What goes over the wire for it, up for who makes it and down for who gets it; 0 where nothing does. */
  bytes: number;
}

export interface Asked {
  members: number;
  suite: 1 | 2;
  rounds: number;
}

const NONE = { addKeyPackages: [], removes: [] };
const ADDS_A_COMMIT = 32;
const MESSAGES = 20;

/** What members of a room of that size do, from two of its members and a newcomer in this very thread. */
export async function measure({ members, suite, rounds }: Asked): Promise<Row[]> {
  const bench = await Bench.with(members - 1, suite);
  const rows = [];
  for (let round = 0; round < rounds; round++) rows.push(...(await bench.round()));
  return bestOf(rows).map((row) => ({ members, suite, ...row }));
}

/** What has nothing to do with the size of the room. */
export async function measureAlone(rounds: number): Promise<Omit<Row, 'members' | 'suite'>[]> {
  const rows: Measured[] = [];
  const secret = new Uint8Array(19).fill(7);
  for (let round = 0; round < rounds; round++) {
    await timed(rows, 'RSA key pair', 0, () => webCryptoKeySource.rsaKeyPair());
    await timed(rows, 'password stretch (PBKDF2, 600,000)', 0, () =>
      deriveInvite(secret, 'correct horse battery staple', { kdf: 1, iter: 600_000 }),
    );
  }
  return bestOf(rows);
}

interface Measured {
  operation: string;
  ms: number;
  bytes: number;
}

/** A full room of which only the first two members are played: the others are keys in the roster. */
class Bench {
  readonly #room: Room;
  #seq: number;

  private constructor(room: Room) {
    this.#room = room;
    this.#seq = room.seq;
  }

  static async with(members: number, suite: 1 | 2): Promise<Bench> {
    const room = await Room.with(2, keyPool(2), suite);
    const bench = new Bench(room);
    for (let missing = members - 2; missing > 0; missing -= ADDS_A_COMMIT) {
      const count = Math.min(missing, ADDS_A_COMMIT);
      const candidates = await Promise.all(Array.from({ length: count }, () => room.candidate()));
      await bench.commit({ ...NONE, addKeyPackages: candidates.map(({ keyPackage }) => keyPackage.bytes) });
    }
    return bench;
  }

  async round(): Promise<Measured[]> {
    const rows: Measured[] = [];
    await this.#join(rows);
    await this.#renewals(rows);
    await this.#messages(rows);
    return rows;
  }

  async commit(change: CommitChange, rows: Measured[] = [], what = ''): Promise<PreparedCommit> {
    const [committer, other] = this.#room.members as [Member, Member];
    const prepared = await timed(rows, `${what}: committer`, upBytes, () =>
      committer.group.prepareCommit(change),
    );
    const seq = ++this.#seq;
    await timed(rows, `${what}: committer, once it is in`, 0, () => committer.group.merge(prepared, seq));
    const wrap = prepared.wraps.find(({ idx }) => idx === other.group.self.idx);
    const down = prepared.frame.length + (wrap ? wrap.wrap.length + wrap.tag.length : 0);
    await timed(rows, `${what}: other member`, down, () =>
      other.group.applyCommit(seq, prepared.frame, wrap),
    );
    return prepared;
  }

  /** Somebody comes in as the last one, and is kicked again: the size stays, and the link is changed each time. */
  async #join(rows: Measured[]): Promise<void> {
    const candidate = await this.#room.candidate();
    const prepared = await this.commit(
      { ...NONE, addKeyPackages: [candidate.keyPackage.bytes] },
      rows,
      'join',
    );
    const idx = await this.#welcome(candidate, prepared, rows);
    const kick = await this.commit({ ...NONE, removes: [{ idx, reason: 'kick' }] }, rows, 'kick');
    if (kick.rotate) this.#room.invite = kick.rotate.invite;
  }

  async #welcome(candidate: Candidate, prepared: PreparedCommit, rows: Measured[]): Promise<number> {
    const welcome = welcomeFor(prepared, candidate, this.#seq);
    const groupInfo = prepared.groupInfo ?? new Uint8Array(0);
    const bytes = groupInfo.length + welcome.wrap.length + welcome.tag.length + prepared.frame.length;
    const { invite } = this.#room;
    const newcomer = await timed(rows, 'join: newcomer', bytes, () =>
      Group.join({ ...candidate, invite, welcome, groupInfo }),
    );
    const { idx } = newcomer.self;
    newcomer.erase();
    return idx;
  }

  async #renewals(rows: Measured[]): Promise<void> {
    await this.commit({ ...NONE, rekey: true }, rows, 'rekey');
  }

  async #messages(rows: Measured[]): Promise<void> {
    const [sender, receiver] = this.#room.members as [Member, Member];
    const sealed: { seq: number; env: Bytes }[] = [];
    const start = performance.now();
    for (let i = 0; i < MESSAGES; i++) {
      const env = await sender.group.seal(text('How are you?'));
      const seq = ++this.#seq;
      await sender.group.acceptOwn(seq, env);
      sealed.push({ seq, env });
    }
    const half = performance.now();
    for (const { seq, env } of sealed) await receiver.group.open(seq, env);
    const end = performance.now();
    const bytes = sealed[0]?.env.length ?? 0;
    rows.push({ operation: 'message: seal', ms: (half - start) / MESSAGES, bytes });
    rows.push({ operation: 'message: open', ms: (end - half) / MESSAGES, bytes });
  }
}

function upBytes({ frame, wraps, welcomes, groupInfo }: PreparedCommit): number {
  const carried = [...wraps, ...welcomes].reduce((sum, { wrap, tag }) => sum + wrap.length + tag.length, 0);
  return frame.length + carried + (groupInfo?.length ?? 0);
}

async function timed<T>(
  rows: Measured[],
  operation: string,
  bytes: number | ((result: T) => number),
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  rows.push({ operation, ms, bytes: typeof bytes === 'number' ? bytes : bytes(result) });
  return result;
}

function bestOf(rows: readonly Measured[]): Measured[] {
  return [...new Set(rows.map(({ operation }) => operation))].map((operation) => {
    const own = rows.filter((row) => row.operation === operation).sort((a, b) => a.ms - b.ms);
    const best = own[0]!;
    return { operation, ms: Math.round(best.ms * 1_000) / 1_000, bytes: best.bytes };
  });
}
