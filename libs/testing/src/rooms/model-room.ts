import type { Bytes } from '@bytechat/protocol';
import type { CommitEpoch, RoomStore } from '@bytechat/rooms';
import { ADDRESSES, MESSAGES, PEOPLE, type Command } from './model-commands.ts';
import type { ManualClock } from './harness.ts';
import { ModelInvites } from './model-invites.ts';
import { isSame, newAddress, newPerson, newWrap, randomOf, Scene, type Person } from './people.ts';

/** An act with its inputs fixed, ready to be done on any store, any number of times. */
export interface PreparedAct {
  /** Sent twice it must answer the same, but for what says that it was a repetition. */
  idempotent: boolean;
  steps: ((store: RoomStore) => Promise<unknown>)[];
}

type CommandOf<A extends Command['act']> = Extract<Command, { act: A }>;

/** Turns commands into acts, looking at one store to know what is there. */
export class ModelRoom {
  readonly #scene = new Scene({ ttl_s: 60, max: 3 });
  readonly #people: Person[] = Array.from({ length: PEOPLE }, (_, i) => newPerson(`connection-${i}`));
  readonly #stranger = newPerson('connection-0');
  readonly #addresses = Array.from({ length: ADDRESSES }, newAddress);
  readonly #cids = Array.from({ length: MESSAGES }, () => randomOf(16));
  readonly #envelopes = Array.from({ length: MESSAGES }, () => randomOf(298));
  readonly #keyUpdates = new Map<string, Bytes>();
  readonly #commits: CommitEpoch[] = [];
  readonly #invites: ModelInvites;
  readonly #reference: RoomStore;
  readonly #clock: ManualClock;
  readonly #changeMaster: () => Promise<unknown>;

  constructor(reference: RoomStore, clock: ManualClock, changeMaster: () => Promise<unknown>) {
    this.#reference = reference;
    this.#changeMaster = changeMaster;
    this.#clock = clock;
    this.#invites = new ModelInvites(reference, this.#scene.invite);
  }

  async prepare(command: Command): Promise<PreparedAct> {
    const head = await this.#reference.head(this.#scene.rid);
    this.#scene.generation = head?.generation ?? 0;
    this.#scene.epoch = head?.epoch ?? 0;
    switch (command.act) {
      case 'create':
      case 'join':
      case 'found':
      case 'reinit':
      case 'resume':
      case 'leave':
      case 'withdraw':
        return this.#entering(command);
      case 'commit':
        return this.#commit(command);
      case 'recommit':
        return this.#recommit(command);
      case 'beat':
      case 'send':
      case 'keyUpdate':
      case 'complain':
        return this.#living(command);
      case 'wait':
        this.#clock.advance(command.ms);
        return { idempotent: false, steps: [] };
      case 'changeMaster':
        await this.#changeMaster();
        // It is noticed by the next look: both stores look now.
        return once((store) => store.head(this.#scene.rid));
      default:
        return this.#looking(command, head?.seq ?? 0);
    }
  }

  async #entering(
    command: CommandOf<'create' | 'join' | 'found' | 'reinit' | 'resume' | 'leave' | 'withdraw'>,
  ): Promise<PreparedAct> {
    const { rid, generation } = this.#scene;
    const person = 'person' in command ? this.#person(command.person) : this.#person(0);
    const connection = 'connection' in command ? connectionOf(command.connection) : person.connection;
    switch (command.act) {
      case 'create': {
        const creation = this.#scene.creation(connection);
        const other = { ...this.#scene.creation('elsewhere', newAddress()), ...this.#invites.elsewhere };
        return {
          idempotent: true,
          steps: [(store) => store.create(creation), (store) => store.create(other)],
        };
      }
      case 'join': {
        const invite = await this.#invites.at(command.invite);
        const gateVerifier = command.rightGate ? invite.gateVerifier : randomOf(32);
        const address = this.#addresses[command.address]!;
        const input = { ...invite, gateVerifier, address, connection, newcomer: person.newcomer };
        return { ...once((store) => store.join(input)), idempotent: command.rightGate };
      }
      case 'found': {
        const group = { rid, expectGeneration: generation, gid: randomOf(32), params: randomOf(16) };
        const member = undefined;
        return once((store) => store.found({ ...group, founder: person.newcomer, connection, member }));
      }
      case 'reinit': {
        const { newcomer, mid, connection: own } = await this.#member(command.person);
        const group = { rid, expectGeneration: generation, gid: randomOf(32), params: randomOf(16) };
        const input = { ...group, founder: newcomer, connection: own, member: mid };
        return once((store) => store.found(input));
      }
      case 'resume': {
        const { mid } = await this.#member(command.person);
        const presented = (await this.#invites.at(command.invite)).rid;
        return once((store) => store.resume({ rid: presented, mid, connection }));
      }
      case 'leave': {
        const { mid, connection: own } = await this.#member(command.person);
        return once((store) =>
          store.leave({ rid, mid, connection: command.connection === 0 ? connection : own }),
        );
      }
      case 'withdraw':
        return once((store) => store.withdraw(rid, connection));
    }
  }

  async #living(command: CommandOf<'beat' | 'send' | 'keyUpdate' | 'complain'>): Promise<PreparedAct> {
    const { rid } = this.#scene;
    if (command.act === 'keyUpdate') return this.#keyUpdate(command);
    if (command.act === 'complain') {
      const { mid, connection } = await this.#member(command.person);
      return { ...once((store) => store.complain({ rid, mid, connection })), idempotent: false };
    }
    if (command.act === 'beat') {
      const people = await Promise.all(command.people.map((number) => this.#member(number)));
      const leases = people.map(({ mid, connection }) => ({ mid, connection, acted: command.acted }));
      return { idempotent: true, steps: [(store) => store.heartbeat(rid, leases)] };
    }
    const message = this.#scene.message(await this.#member(command.person), {
      cid: this.#cids[command.cid]!,
      env: this.#envelopes[command.env]!,
      ephemeral: command.ephemeral,
      epoch: this.#scene.epoch + (command.staleEpoch ? 1 : 0),
    });
    return once((store) => store.append(message));
  }

  async #keyUpdate({ person, kuSeq, variant, wrongSlot }: CommandOf<'keyUpdate'>): Promise<PreparedAct> {
    const { rid } = this.#scene;
    const member = await this.#member(person);
    const stored = await this.#reference.member(rid, member.mid);
    const gid = (await this.#reference.state(rid))?.gid ?? this.#scene.gid;
    const idx = (stored?.idx ?? 0) + (wrongSlot ? 1 : 0);
    const fresh = this.#scene.keyUpdate(member, kuSeq);
    const name = `${person} ${kuSeq} ${variant}`;
    const bytes = this.#keyUpdates.get(name) ?? fresh.bytes;
    this.#keyUpdates.set(name, bytes);
    return {
      idempotent: true,
      steps: [
        (store) => store.keepKeyUpdate({ ...fresh, bytes, gid, idx }),
        (store) => store.keyUpdates({ rid, mid: member.mid, from: 0 }),
        (store) => store.keyUpdates({ rid, mid: member.mid, from: 1 }),
      ],
    };
  }

  async #commit(command: CommandOf<'commit'>): Promise<PreparedAct> {
    const { rid } = this.#scene;
    const members = await this.#reference.members(rid);
    const gone = members.filter(({ state }) => state === 'left' || state === 'timeout');
    const isKick = command.kick && command.rotate !== 'none';
    const removed =
      isKick || command.spoil === 'earlyRemoval' ? members.slice(-1) : command.removes ? gone : [];
    const removes = removed.map(({ idx }) => ({ idx, reason: isKick ? ('kick' as const) : command.reason }));
    const rotate = await this.#invites.rotation(command.rotate);
    const wanted = rotate === undefined ? command.adds : 0;
    const taken = members.filter((member) => !removed.includes(member)).map(({ idx }) => idx);
    const free = Array.from({ length: 8 }, (_, idx) => idx).filter((idx) => !taken.includes(idx));
    const adds = (await this.#reference.pending(rid)).slice(0, wanted).map(({ kph }, position) => ({
      kph,
      idx: command.spoil === 'takenSlot' ? taken[0]! : free[position]!,
    }));
    const expectEpoch = this.#scene.epoch + (command.spoil === 'staleEpoch' ? 1 : 0);
    const commit = this.#scene.commitOf(await this.#member(command.person), {
      ...{ adds, removes, expectEpoch, rotate },
      rekey: command.rekey || removes.length > 0 || adds.length === 0,
    });
    this.#commits.unshift(commit);
    const staged = await this.#scene.stageOf(this.#reference, commit);
    const wraps =
      command.spoil === 'missingWrap'
        ? staged.wraps.slice(1)
        : command.spoil === 'extraWrap'
          ? [...staged.wraps, { idx: 900, ...newWrap() }]
          : staged.wraps;
    const stage = (store: RoomStore): Promise<void> => store.stage({ ...staged, wraps });
    const commitIt = (store: RoomStore): Promise<unknown> => store.commitEpoch(commit);
    return { idempotent: true, steps: command.spoil === 'noStage' ? [commitIt] : [stage, commitIt] };
  }

  async #recommit(command: CommandOf<'recommit'>): Promise<PreparedAct> {
    const commit = this.#commits[command.commit];
    if (commit === undefined) return { idempotent: true, steps: [] };
    const { mid, connection } = await this.#member(command.person);
    return {
      idempotent: true,
      steps: [
        (store) => store.commitEpoch({ ...commit, mid, connection }),
        (store) => store.groupInfo(commit.rid, commit.commitId, 0),
      ],
    };
  }

  async #looking(
    command: CommandOf<'read' | 'look' | 'wraps' | 'spend' | 'hold' | 'release' | 'sweep'>,
    seq: number,
  ): Promise<PreparedAct> {
    const { rid, generation, epoch } = this.#scene;
    switch (command.act) {
      case 'read': {
        const from = {
          generation: generation - command.generationsBack,
          seq: Math.max(0, seq - command.back),
        };
        const { mid } = await this.#member(command.person);
        return once((store) => store.read({ rid, mid, from, maxBytes: command.maxBytes }));
      }
      case 'look':
        return {
          idempotent: true,
          steps: [
            (store) => store.state(rid),
            (store) => store.head(rid),
            (store) => store.members(rid),
            (store) => store.member(rid, this.#person(command.person).mid),
            (store) => store.pending(rid),
          ],
        };
      case 'wraps':
        return once((store) => store.wraps(rid, epoch - command.back, [0, 1, 2, 3]));
      case 'sweep':
        return once(async (store) => {
          await store.sweep();
        });
      default:
        return this.#atAddress(command);
    }
  }

  #atAddress(command: CommandOf<'spend' | 'hold' | 'release'>): PreparedAct {
    const address = this.#addresses[command.address]!;
    switch (command.act) {
      case 'spend': {
        const bucket = { kind: 'join', address, burst: 3, perMinute: 30 } as const;
        return { ...once((store) => store.spend(bucket)), idempotent: false };
      }
      case 'hold':
        return once((store) => store.holdConnection(address, connectionOf(command.connection), 2));
      case 'release':
        return once((store) => store.releaseConnection(address, connectionOf(command.connection)));
    }
  }

  #person(number: number): Person {
    return this.#people[number] ?? this.#stranger;
  }

  /** Mostly one who may act, with the connection the room knows; else any member, or a person from outside. */
  async #member(number: number): Promise<Person> {
    const members = await this.#reference.members(this.#scene.rid);
    const living = members.filter(({ state }) => state === 'present' || state === 'away');
    const choice = number < PEOPLE - 1 && living.length > 0 ? living : members;
    const member = number < PEOPLE ? choice[number % choice.length] : undefined;
    const person = this.#people.find(({ mid }) => member !== undefined && isSame(mid, member.mid));
    if (person === undefined || member === undefined) return this.#person(number);
    return { ...person, connection: member.connection };
  }
}

const once = (step: (store: RoomStore) => Promise<unknown>): PreparedAct => ({
  idempotent: true,
  steps: [step],
});

const connectionOf = (number: number): string => `connection-${number}`;
