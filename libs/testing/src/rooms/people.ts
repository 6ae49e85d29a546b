import { createHash, randomBytes } from 'node:crypto';
import type { Bytes, RoomOptions } from '@bytechat/protocol';
import type {
  AddressKeys,
  AppendMessage,
  CommitEpoch,
  Committed,
  CreateRoom,
  Founded,
  KeepKeyUpdate,
  Newcomer,
  RoomStore,
  StageParts,
} from '@bytechat/rooms';

export const randomOf = (length: number): Bytes => new Uint8Array(randomBytes(length));

export const sha256Of = (bytes: Bytes): Bytes => new Uint8Array(createHash('sha256').update(bytes).digest());

export const SUITE = 2;

export interface Person {
  newcomer: Newcomer;
  mid: Bytes;
  connection: string;
  idx: number;
}

export const newAddress = (): AddressKeys => ({
  current: `aa.${randomBytes(8).toString('hex')}`,
  previous: undefined,
});

export function newPerson(connection = randomBytes(8).toString('hex')): Person {
  const mid = randomOf(16);
  return {
    newcomer: { kp: randomOf(573), kph: randomOf(32), mid, sigPub: randomOf(65) },
    mid,
    connection,
    idx: -1,
  };
}

export const roomOptions = (maxima: Partial<RoomOptions['maxima']> = {}): RoomOptions => ({
  suite: SUITE,
  kdf: 0,
  iter: 0,
  maxima: { ttl_s: 3_600, max: 1_000, ...maxima },
});

type CommitChange = Partial<
  Pick<CommitEpoch, 'adds' | 'removes' | 'rekey' | 'expectEpoch' | 'generation' | 'rotate'>
>;

/** What a person needs to come in; the store knows the gate by its verifier, and here they are the same. */
export interface RoomInvite {
  rid: Bytes;
  gateVerifier: Bytes;
}

export const newInvite = (): RoomInvite => ({ rid: randomOf(16), gateVerifier: randomOf(32) });

/** A room and the people around it, who do what clients do. The store is named by each act: any pod will do. */
export class Scene {
  /** The room's first rid, which names it for its life. */
  readonly rid = randomOf(16);
  readonly gate = randomOf(32);
  /** What newcomers come with now. */
  invite: RoomInvite = { rid: this.rid, gateVerifier: this.gate };
  readonly address = newAddress();
  readonly options: RoomOptions;
  /** Of the next group that is founded, or the last one that was. */
  gid = randomOf(32);
  generation = 0;
  epoch = 0;

  constructor(maxima: Partial<RoomOptions['maxima']> = {}) {
    this.options = roomOptions(maxima);
  }

  creation(connection: string, address = this.address): CreateRoom {
    return { rid: this.rid, gateVerifier: this.gate, options: this.options, address, connection };
  }

  /** Makes the room and founds its group. */
  async open(store: RoomStore, founder = newPerson()): Promise<Person> {
    await store.create(this.creation(founder.connection));
    return this.found(store, founder);
  }

  async found(store: RoomStore, founder: Person): Promise<Person> {
    await this.foundBy(store, founder, undefined);
    return founder;
  }

  /** A member begins the room's group anew. */
  reinit(store: RoomStore, member: Person): Promise<Founded> {
    return this.foundBy(store, member, member.mid);
  }

  async foundBy(store: RoomStore, founder: Person, member: Bytes | undefined): Promise<Founded> {
    const { rid } = this;
    const expectGeneration = (await store.head(rid))!.generation;
    const founded = await store.found({
      ...{ rid, expectGeneration, gid: this.gid, params: randomOf(16), member },
      ...{ founder: founder.newcomer, connection: founder.connection },
    });
    this.generation = founded.generation;
    this.epoch = 0;
    founder.idx = 0;
    return founded;
  }

  knock(
    store: RoomStore,
    person: Person,
    gate = this.invite.gateVerifier,
    address = newAddress(),
  ): Promise<{ state: string }> {
    return this.knockWith(store, person, { rid: this.invite.rid, gateVerifier: gate }, address);
  }

  knockWith(
    store: RoomStore,
    { connection, newcomer }: Person,
    invite: RoomInvite,
    address = newAddress(),
  ): Promise<{ state: string }> {
    return store.join({ ...invite, address, connection, newcomer });
  }

  /** Joins and is let in by `admitter`. */
  async admit(store: RoomStore, admitter: Person, person = newPerson()): Promise<Person> {
    await this.knock(store, person);
    const taken = (await store.members(this.rid)).map(({ idx }) => idx);
    person.idx = taken.findIndex((idx, position) => idx !== position);
    if (person.idx === -1) person.idx = taken.length;
    await this.commit(store, admitter, {
      adds: [{ kph: person.newcomer.kph, idx: person.idx }],
      rekey: false,
    });
    return person;
  }

  async commit(store: RoomStore, committer: Person, change: CommitChange = {}): Promise<Committed> {
    const commit = this.commitOf(committer, change);
    await store.stage(await this.stageOf(store, commit));
    const committed = await store.commitEpoch(commit);
    this.epoch = committed.epoch;
    if (change.rotate !== undefined) this.invite = change.rotate;
    return committed;
  }

  /** Removes somebody who would rather stay: nobody comes in by the old invite any more. */
  kick(store: RoomStore, committer: Person, { idx }: Person, rotate = newInvite()): Promise<Committed> {
    return this.commit(store, committer, { removes: [{ idx, reason: 'kick' }], rotate });
  }

  commitOf({ mid, connection }: Person, change: CommitChange = {}): CommitEpoch {
    const frame = randomOf(100);
    const adds = change.adds ?? [];
    return {
      ...{ rid: this.rid, mid, connection, suite: SUITE, frame, commitId: sha256Of(frame) },
      ...{ generation: this.generation, expectEpoch: this.epoch, rekey: true, removes: [], adds },
      ...{ rotate: undefined, ...change },
      groupInfoParts: adds.length > 0 ? 1 : 0,
    };
  }

  /** Exactly the parts that a commit needs. */
  async stageOf(store: RoomStore, commit: CommitEpoch): Promise<StageParts> {
    const { rid, mid, connection, commitId, adds, removes, rekey, groupInfoParts } = commit;
    const gone = removes.map(({ idx }) => idx);
    const members = await store.members(rid);
    const staying = members.filter((member) => !gone.includes(member.idx) && !isSame(member.mid, mid));
    return {
      ...{ rid, mid, connection, commitId },
      wraps: rekey ? staying.map(({ idx }) => ({ idx, ...newWrap() })) : [],
      welcomes: adds.map((add) => ({ ...add, ...newWrap() })),
      groupInfo: groupInfoParts === 0 ? undefined : { part: 0, bytes: randomOf(200) },
    };
  }

  /** A key update with the clear fields that the store reads. */
  keyUpdate(
    { mid, connection, idx }: Person,
    kuSeq: number,
    change: Partial<KeepKeyUpdate> = {},
  ): KeepKeyUpdate {
    const bytes = randomOf(468);
    new DataView(bytes.buffer).setUint16(37, kuSeq);
    return {
      ...{ rid: this.rid, mid, connection, suite: SUITE, gid: this.gid, idx, kuSeq, bytes },
      ...change,
    };
  }

  message({ mid, connection }: Person, change: Partial<AppendMessage> = {}): AppendMessage {
    return {
      ...{ rid: this.rid, mid, connection, suite: SUITE, generation: this.generation, epoch: this.epoch },
      ...{ cid: randomOf(16), env: randomOf(298), ephemeral: false },
      ...change,
    };
  }
}

export const newWrap = (): { wrap: Bytes; tag: Bytes } => ({ wrap: randomOf(304), tag: randomOf(16) });

export const isSame = (a: Bytes, b: Bytes): boolean => Buffer.from(a).equals(b);
