import {
  checkKeyPackage,
  type BcErrorCode,
  type Bytes,
  type CommitChange,
  type CommitEffect,
  type Group,
  type Invite,
  type PreparedCommit,
  type RotationPassword,
} from '@bytechat/crypto';
import type { Knocker } from '../api.ts';
import type { Clock } from '../clock.ts';
import { accepted, type Link } from '../connection.ts';
import { ClientError } from '../errors.ts';
import type { Random } from '../random.ts';
import { Admission, type Change, type CommitResult } from './admission.ts';
import { CommitMaker } from './commit-maker.ts';
import { Commits } from './commits.ts';
import { Disputes, type DisputePort } from './disputes.ts';
import { Doorstep } from './doorstep.ts';
import { KeyAge } from './key-age.ts';
import { KeyRenewal } from './key-renewal.ts';
import { kick } from './kick.ts';

export interface GroupCarePort extends Pick<DisputePort, 'reinit' | 'outvoted' | 'readmit'> {
  readonly group: Group;
  readonly invite: Invite;
  /** @throws {TransportError} when there is no connection */
  link(): Link;
  /** Whether the group can be changed now. */
  ready(): boolean;
  isPresent(mid: Bytes): boolean;
  /** The server's clock, in ms since 1970. */
  serverNow(): number;
  forget(): Promise<void>;
  /** Ours was accepted: resolves when its turn in the log has come. */
  won(prepared: PreparedCommit, seq: number): Promise<void>;
  /** Resolves when the log has been applied as far as possible. */
  catchUp(): Promise<void>;
  expelled(): void;
  keysWithheld(): void;
  /** Who asks to be let in by hand. */
  knocking(people: Knocker[]): void;
  /** For long the keys have been in use and nobody has renewed them. @param since when it was due */
  keysOverdue(since: number): void;
}

/** Newcomers whose key package is older (or of a time to come) are not let in (PROTOCOL §6.5). */
const KEY_PACKAGE_AGE_MS = 300_000;
/** The value of the rule `join` by which members let newcomers in by hand. */
const APPROVE = 1;

/** A member's duties: lets others in and takes them out, renews keys, and complains where it can't follow. */
export class GroupCare {
  readonly admission: Admission;
  readonly disputes: Disputes;
  readonly #port: GroupCarePort;
  readonly #clock: Clock;
  readonly #commits: Commits;
  readonly #doorstep: Doorstep;
  readonly #keyAge: KeyAge;
  readonly #keyRenewal: KeyRenewal;

  constructor(port: GroupCarePort, clock: Clock, random: Random) {
    this.#port = port;
    this.#clock = clock;
    const { rekeySeconds, ttlSeconds } = port.group.params;
    this.#doorstep = new Doorstep(clock, (people) => port.knocking(people));
    this.#commits = this.#makeCommits();
    this.admission = this.#makeAdmission(random);
    this.disputes = this.#makeDisputes(random);
    this.#keyRenewal = this.#makeKeyRenewal(random, ttlSeconds);
    this.#keyAge = new KeyAge(
      clock,
      rekeySeconds * 1_000,
      () => this.admission.keysAreOld(),
      (since) => port.keysOverdue(since),
    );
  }

  /** Checks a newcomer's key package; what fails is not let in by us. @throws {BcError} */
  async consider(kp: Bytes): Promise<void> {
    const { group, invite } = this.#port;
    const checked = await checkKeyPackage(kp, invite, group);
    if (Math.abs(this.#port.serverNow() - checked.createdMs) > KEY_PACKAGE_AGE_MS) return;
    const { kph, sigPub } = checked;
    const mid = await checked.mid(group.rid0);
    const needsConsent = group.params.join === APPROVE && !this.disputes.complained(mid);
    if (needsConsent) this.#doorstep.knocks({ kp, kph, sigPub }, mid);
    else this.admission.newcomer(kp, kph, sigPub);
  }

  /** The person lets somebody in, or doesn't. @throws {ClientError} ERR_NOT_MEMBER when nobody of that id asks */
  decide(id: string, admit: boolean): void {
    const asked = this.#doorstep.take(id);
    if (!asked) throw new ClientError('ERR_NOT_MEMBER');
    if (admit) this.admission.newcomer(asked.kp, asked.kph, asked.sigPub);
  }

  /** Removes a member, and changes the link. @throws {ClientError} as `kick` */
  kick(mid: string, password: RotationPassword | undefined): Promise<void> {
    const port = {
      roster: () => this.#port.group.roster,
      self: () => this.#port.group.self,
      ready: () => this.#port.ready(),
      commit: (change: CommitChange) => this.#commits.commit(change),
    };
    return kick(port, mid, password, this.#clock);
  }

  /** Somebody has said something: the keys age. */
  said(): void {
    this.#keyAge.used();
  }

  /** A commit, ours or another's, has been applied. @param committer its maker */
  moved(effect: CommitEffect, committer: Bytes | undefined): void {
    this.disputes.moved(effect, committer);
    if (effect.rekey) this.#keyAge.renewed();
    this.#keyRenewal.look();
    if (effect.rotated) this.#inviteChanged();
    this.#doorstep.admitted(effect.added.map(({ kph }) => kph));
    this.admission.epochMoved(effect.added, effect.rekey);
  }

  /** We are up to date on a new connection. */
  returned(): void {
    this.#keyRenewal.returned();
  }

  /** A commit can't be followed. */
  stuck(code: BcErrorCode, commitId: Bytes): void {
    void this.disputes.stuck(code, commitId);
  }

  stop(): void {
    this.#keyAge.stop();
    this.#keyRenewal.stop();
    this.disputes.stop();
    this.#doorstep.clear();
    this.admission.stop();
    this.#commits.wake();
  }

  /** Whoever asked by the link before can't be let in. */
  #inviteChanged(): void {
    this.admission.inviteChanged();
    this.#doorstep.clear();
  }

  #makeAdmission(random: Random): Admission {
    const { group } = this.#port;
    const port = {
      roster: () => group.roster,
      self: () => group.self,
      capacity: () => group.params.max,
      ranks: () => group.ranks(),
      isPresent: (mid: Bytes) => this.#port.isPresent(mid),
      ready: () => this.#port.ready(),
      commit: async (change: Change): Promise<CommitResult> => (await this.#commits.commit(change)).kind,
    };
    return new Admission(port, this.#clock, random);
  }

  #makeDisputes(random: Random): Disputes {
    const port = this.#port;
    return new Disputes(
      {
        group: port.group,
        send: (bytes) => accepted(port.link(), 'share_session_key', { kind: 'nack', bytes }),
        suspect: (mid) => this.admission.suspect(mid),
        reinit: () => port.reinit(),
        outvoted: () => port.outvoted(),
        readmit: (code) => port.readmit(code),
      },
      this.#clock,
      random,
    );
  }

  #makeKeyRenewal(random: Random, ttlSeconds: number): KeyRenewal {
    const { group } = this.#port;
    const port = {
      needed: () => group.needsKeyUpdate,
      make: () => group.createKeyUpdate(),
      ready: () => this.#port.ready(),
      upload: (bytes: Bytes) => accepted(this.#port.link(), 'share_session_key', { kind: 'ku', bytes }),
      stored: (kuSeq: number) => group.keyUpdateStored(kuSeq),
      dropOld: () => group.dropOldKeys(),
      overdue: () => this.#port.expelled(),
    };
    return new KeyRenewal(port, this.#clock, random, ttlSeconds * 1_000);
  }

  #makeCommits(): Commits {
    const port = this.#port;
    const maker = new CommitMaker(
      {
        group: port.group,
        link: () => port.link(),
        forget: () => port.forget(),
        withheld: () => port.keysWithheld(),
        reinit: () => port.reinit(),
      },
      this.#clock,
    );
    return new Commits(
      {
        ready: () => port.ready(),
        link: () => port.link(),
        prepare: (change) => maker.make(change),
        won: (prepared, seq) => port.won(prepared, seq),
        lost: () => port.catchUp(),
        expelled: () => port.expelled(),
      },
      this.#clock,
    );
  }
}
