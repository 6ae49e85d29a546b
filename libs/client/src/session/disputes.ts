import { nackCodeOf, type BcErrorCode, type Bytes, type CommitEffect, type Group } from '@bytechat/crypto';
import type { Clock, Timer } from '../clock.ts';
import { toHex } from '../hex.ts';
import type { Random } from '../random.ts';

export interface DisputePort {
  readonly group: Group;
  /** Tells the other members. */
  send(nack: Bytes): Promise<unknown>;
  /** Whoever made a commit that others can't follow is the last one to let them in again. */
  suspect(mid: Bytes): void;
  /** Most can't follow: the group begins anew. */
  reinit(): void;
  /** Most can't follow what we made. */
  outvoted(): void;
  /** We alone can't follow: out, and in again. */
  readmit(code: BcErrorCode): void;
}

/** Complaints within this time are about one trouble (PROTOCOL §6.17). */
const TOGETHER_MS = 10_000;
/**
 * Whether so many end the group. Half is enough: who can't follow doesn't know whom the commit removed. A single one is
 * helped by the others.
 */
const isMajority = (complaints: number, members: number): boolean =>
  complaints > 1 && 2 * complaints >= members;
/** Who can't follow waits this long for others who can't either. */
const HEARING_MS = 2_000;
/** How long a member that can't follow has to come back as the one it was. */
const READMISSION_MS = 60_000;
/** Those who begin anew don't all try in the same moment. */
const SPREAD_MS = 2_000;

interface Complaint {
  commitId: string;
  mid: string;
  epoch: number;
  at: number;
}

/** What becomes of a commit that not everybody can follow (PROTOCOL §6.17, "Bad commit"). */
export class Disputes {
  readonly #port: DisputePort;
  readonly #clock: Clock;
  readonly #random: Random;
  #complaints: Complaint[] = [];
  /** Members who could not follow a commit, and when they said so. */
  readonly #complainers = new Map<string, number>();
  /** Who made the commit that led to the present epoch. */
  #committer: Bytes | undefined;
  #verdict: Timer | undefined;
  #isDecided = false;

  constructor(port: DisputePort, clock: Clock, random: Random) {
    this.#port = port;
    this.#clock = clock;
    this.#random = random;
  }

  /** We can't follow a commit: complains, and waits whether others do. */
  async stuck(code: BcErrorCode, commitId: Bytes): Promise<void> {
    const { group } = this.#port;
    this.#verdict = this.#clock.schedule(HEARING_MS, () => this.#port.readmit(code));
    try {
      await this.#port.send(await group.createNack(commitId, nackCodeOf(code)));
    } catch {
      // Nobody hears it: we come back as somebody who was lost.
    }
    this.#count({ commitId: toHex(commitId), mid: toHex(group.self.mid), epoch: group.epoch });
  }

  /** Another member can't follow. What isn't a sound complaint changes nothing. @throws {BcError} */
  async heard(bytes: Bytes): Promise<void> {
    const { group } = this.#port;
    const { mid, commitId, epoch } = await group.checkNack(bytes);
    if (epoch < group.epoch && this.#committer) this.#port.suspect(this.#committer);
    this.#count({ commitId: toHex(commitId), mid: toHex(mid), epoch });
  }

  /** Whether this member said a moment ago that it can't follow, so that it comes back without asking anybody. */
  complained(mid: Bytes): boolean {
    return (this.#complainers.get(toHex(mid)) ?? -Infinity) >= this.#clock.now() - READMISSION_MS;
  }

  /** A commit has been applied. @param committer its maker */
  moved({ epoch }: CommitEffect, committer: Bytes | undefined): void {
    this.#committer = committer;
    this.#forget();
    const isDisputed = this.#complaints.some((complaint) => complaint.epoch === epoch - 1);
    if (isDisputed && committer) this.#port.suspect(committer);
  }

  stop(): void {
    this.#verdict?.cancel();
    this.#isDecided = true;
  }

  #count(complaint: Omit<Complaint, 'at'>): void {
    this.#forget();
    this.#complaints.push({ ...complaint, at: this.#clock.now() });
    this.#complainers.set(complaint.mid, this.#clock.now());
    const same = this.#complaints.filter(({ commitId }) => commitId === complaint.commitId);
    const members = new Set(same.map(({ mid }) => mid));
    if (isMajority(members.size, this.#port.group.roster.length)) this.#decide(complaint.epoch);
  }

  #decide(epoch: number): void {
    if (this.#isDecided) return;
    this.#isDecided = true;
    this.#verdict?.cancel();
    const { group } = this.#port;
    const isOurs = epoch < group.epoch && this.#committer && toHex(this.#committer) === toHex(group.self.mid);
    if (isOurs) this.#port.outvoted();
    else this.#verdict = this.#clock.schedule(this.#random.fraction() * SPREAD_MS, () => this.#port.reinit());
  }

  #forget(): void {
    const since = this.#clock.now() - TOGETHER_MS;
    this.#complaints = this.#complaints.filter(({ at }) => at >= since);
  }
}
