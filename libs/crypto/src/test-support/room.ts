import { type Bytes, utf8 } from '../bytes.ts';
import { type Content, CONTENT_TYPES } from '../content.ts';
import { Group } from '../group.ts';
import { createIdentity, type Identity, type KeySource } from '../identity.ts';
import { deriveInvite, type Invite } from '../invite.ts';
import { createKeyPackage, type KeyPackage } from '../key-package.ts';
import type { Welcome } from '../join.ts';
import type { GroupParams } from '../params.ts';
import type { CommitChange, PreparedCommit } from '../prepare-commit.ts';
import type { Suite } from '../suites.ts';
import { itemHash } from '../transcript.ts';
import { randomBytes } from '../webcrypto.ts';
import type { TaggedWrap } from '../wrap.ts';

export const PARAMS: GroupParams = {
  history: 0,
  join: 0,
  kick: 1,
  hasPassword: false,
  ttlSeconds: 3_600,
  rekeySeconds: 600,
  max: 1_000,
  padId: 1,
};

/** Somebody who wants in, with keys and key package. */
export interface Candidate {
  identity: Identity;
  keyPackage: KeyPackage;
}

export interface Member extends Candidate {
  group: Group;
}

export function text(words: string): Content {
  return { type: CONTENT_TYPES.text, sentMs: 1_790_000_000_000, ttlSeconds: 600, body: utf8(words) };
}

export function wordsOf(content: Content): string {
  return new TextDecoder().decode(content.body);
}

/** A room with an honest server in the middle: it numbers items and hands everything to everybody in order. */
export class Room {
  readonly items: Bytes[] = [];
  readonly members: Member[] = [];
  /** The newest key update of each member, as an honest server keeps them. */
  readonly #updates = new Map<Member, { idx: number; bytes: Bytes }>();
  readonly suite: Suite;
  /** What the first invite was derived from. */
  readonly firstLinkSecret: Bytes;
  /** The one that counts now: a rotation replaces it. */
  invite: Invite;
  readonly #keys: KeySource;

  private constructor(
    suite: Suite,
    { invite, linkSecret }: { invite: Invite; linkSecret: Bytes },
    keys: KeySource,
  ) {
    this.suite = suite;
    this.invite = invite;
    this.firstLinkSecret = linkSecret;
    this.#keys = keys;
  }

  /** A room with the named number of members, all in the same epoch. */
  static async with(
    count: number,
    keys: KeySource,
    suite: Suite = 2,
    rules: Partial<GroupParams> = {},
  ): Promise<Room> {
    const linkSecret = randomBytes(19);
    const invite = await deriveInvite(linkSecret, undefined, { kdf: 0, iter: 0 });
    const room = new Room(suite, { invite, linkSecret }, keys);
    const founder = await room.candidate();
    const group = await Group.found({
      ...founder,
      invite,
      rid0: invite.rid,
      params: { ...PARAMS, ...rules },
    });
    room.members.push({ ...founder, group });
    if (count > 1) {
      const candidates = await Promise.all(Array.from({ length: count - 1 }, () => room.candidate()));
      await room.admit(0, candidates);
    }
    return room;
  }

  get seq(): number {
    return this.items.length;
  }

  member(position: number): Member {
    const member = this.members[position];
    if (!member) throw new Error(`there is no member at position ${position}`);
    return member;
  }

  async candidate(createdMs = 1_790_000_000_000): Promise<Candidate> {
    const identity = await createIdentity(this.suite, this.#keys);
    const keyPackage = await createKeyPackage(identity, this.invite, { createdMs });
    return { identity, keyPackage };
  }

  /** One member lets candidates in; everybody follows. */
  async admit(by: number, candidates: Candidate[]): Promise<PreparedCommit> {
    return this.commit(
      by,
      { addKeyPackages: candidates.map(({ keyPackage }) => keyPackage.bytes), removes: [] },
      candidates,
    );
  }

  /** One member's commit is sequenced and everybody follows; members it removes are dropped from the list. */
  async commit(by: number, change: CommitChange, candidates: Candidate[] = []): Promise<PreparedCommit> {
    const committer = this.member(by);
    const keyUpdates = [...this.#updates].filter(([owner]) => this.members.includes(owner));
    const served = { keyUpdates: keyUpdates.map(([, update]) => update) };
    const prepared = await committer.group.prepareCommit({ ...served, ...change });
    const seq = this.items.push(prepared.frame);
    await committer.group.merge(prepared, seq);
    const others = this.members.filter((member) => member !== committer);
    const effects = await Promise.all(
      others.map(async (member) => {
        const effect = await member.group.applyCommit(seq, prepared.frame, wrapFor(prepared, member));
        return { member, effect };
      }),
    );
    for (const { member } of effects.filter(({ effect }) => effect.removedSelf)) {
      this.members.splice(this.members.indexOf(member), 1);
    }
    if (prepared.rotate) this.invite = prepared.rotate.invite;
    for (const candidate of candidates) this.members.push(await this.welcome(candidate, prepared, seq));
    return prepared;
  }

  /** A member renews its keys, and the server has that at once. */
  async renew(by: number): Promise<Bytes> {
    const member = this.member(by);
    const { bytes, kuSeq } = await member.group.createKeyUpdate();
    await member.group.keyUpdateStored(kuSeq);
    this.#updates.set(member, { idx: member.group.self.idx, bytes });
    return bytes;
  }

  async welcome(candidate: Candidate, prepared: PreparedCommit, seq: number): Promise<Member> {
    const group = await Group.join({
      ...candidate,
      invite: this.invite,
      welcome: welcomeFor(prepared, candidate, seq),
      groupInfo: prepared.groupInfo ?? new Uint8Array(0),
    });
    for (let next = group.position.seq + 1; next <= seq; next++) {
      await group.skip(next, await itemHash(this.item(next)));
    }
    return { ...candidate, group };
  }

  item(seq: number): Bytes {
    const item = this.items[seq - 1];
    if (!item) throw new Error(`there is no item ${seq}`);
    return item;
  }

  /** One member writes and all others read; what they read. */
  async say(by: number, words: string): Promise<string[]> {
    const sender = this.member(by);
    const env = await sender.group.seal(text(words));
    return this.deliver(sender, env);
  }

  async deliver(sender: Member, env: Bytes): Promise<string[]> {
    const seq = this.items.push(env);
    await sender.group.acceptOwn(seq, env);
    const others = this.members.filter((member) => member !== sender);
    const opened = await Promise.all(others.map(({ group }) => group.open(seq, env)));
    return opened.map(({ content }) => wordsOf(content));
  }
}

export function wrapFor(prepared: PreparedCommit, { group }: Member): TaggedWrap | undefined {
  return prepared.wraps.find(({ idx }) => idx === group.self.idx);
}

export function welcomeFor(prepared: PreparedCommit, { keyPackage }: Candidate, seq: number): Welcome {
  const kph = keyPackage.kph.join();
  const entry = prepared.welcomes.find((welcome) => welcome.kph.join() === kph);
  if (!entry) throw new Error('the commit welcomes somebody else');
  const { commitId, frame, expectEpoch } = prepared;
  return { ...entry, commitId, frame, seq, epoch: expectEpoch + 1 };
}
