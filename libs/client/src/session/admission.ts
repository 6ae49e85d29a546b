import { MAX_ADDS_PER_COMMIT, PENDING_SECONDS, type RemoveReason } from '@bytechat/protocol';
import type { Bytes, RosterEntry } from '@bytechat/crypto';
import type { Clock, Timer } from '../clock.ts';
import { sameBytes, toHex } from '../hex.ts';
import type { Random } from '../random.ts';

/** What a commit is to change. */
export interface Change {
  addKeyPackages: Bytes[];
  removes: { idx: number; reason: RemoveReason }[];
  /** New keys for the same people. */
  rekey?: boolean;
}

export type CommitResult =
  /** We or another member won; the epoch moved. */
  | 'settled'
  /** Out of reach for now; try again. */
  | 'later'
  /** The server no longer knows what the commit speaks of. */
  | 'refused';

export interface AdmissionPort {
  roster(): readonly RosterEntry[];
  self(): RosterEntry;
  capacity(): number;
  /** Ranks of the present epoch, by idx. */
  ranks(): Promise<ReadonlyMap<number, number>>;
  isPresent(mid: Bytes): boolean;
  /** Whether a commit can be made now. */
  ready(): boolean;
  commit(change: Change): Promise<CommitResult>;
}

interface Newcomer {
  kp: Bytes;
  kph: string;
  sigPub: Bytes;
  since: number;
  /** Since when nothing speaks against letting it in. */
  admissibleSince: number | undefined;
}

interface Leaver {
  idx: number;
  mid: Bytes;
  reason: RemoveReason;
  since: number;
}

/** Newcomers who arrive within this time come in together. */
const COALESCE_MS = 1_000;
/** How long each member waits for those before it (PROTOCOL §6.10). */
const RANK_STEP_MS = 1_500;
const JITTER_MS = 500;
const RETRY_MS = 2_000;
const MAX_REMOVES = 256;
const SUSPICION_MS = 30_000;

/** Members leave in one rekey at most every so often: it costs everybody a wrap. */
const rekeyIntervalMs = (members: number): number => Math.max(5_000, members * 30);

/**
 * Decides when it is on us to commit. Everybody may; the lowest-ranked present member goes first, the others wait
 * their turn and find it done. What is still needed after somebody's commit is planned anew.
 */
export class Admission {
  readonly #port: AdmissionPort;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #newcomers = new Map<string, Newcomer>();
  readonly #leavers = new Map<number, Leaver>();
  /** Key packages that were let in once: never again, not even after their member has gone. */
  readonly #admitted = new Set<string>();
  /** Whose commits others could not follow, and until when they come last. */
  readonly #suspects = new Map<string, number>();
  /** Since when the keys are too old. */
  #oldSince: number | undefined;
  #lastRekey = -Infinity;
  #notBefore = -Infinity;
  #batch = Infinity;
  #timer: Timer | undefined;
  #committing = false;
  #plan = 0;
  #stopped = false;

  constructor(port: AdmissionPort, clock: Clock, random: Random) {
    this.#port = port;
    this.#clock = clock;
    this.#random = random;
    this.#remember(port.roster());
  }

  /** A checked and fresh key package asks to be let in. */
  newcomer(kp: Bytes, kph: Bytes, sigPub: Bytes): void {
    const id = toHex(kph);
    if (this.#admitted.has(id) || this.#newcomers.has(id)) return;
    const since = this.#clock.now();
    this.#newcomers.set(id, { kp, kph: id, sigPub, since, admissibleSince: undefined });
    this.replan();
  }

  /** The server says that a membership has ended; only a commit makes it true. */
  leaver(idx: number, mid: Bytes, reason: RemoveReason): void {
    if (idx === this.#port.self().idx || !this.#isSeated(idx, mid)) return;
    if (!this.#leavers.has(idx)) this.#leavers.set(idx, { idx, mid, reason, since: this.#clock.now() });
    this.replan();
  }

  /** A commit of this member could not be followed by others: it lets nobody in while others can. */
  suspect(mid: Bytes): void {
    this.#suspects.set(toHex(mid), this.#clock.now() + SUSPICION_MS);
    this.replan();
  }

  /** Whoever asked by the link before this one can't be let in. */
  inviteChanged(): void {
    this.#newcomers.clear();
  }

  /** The keys should be renewed although nobody comes or goes. */
  keysAreOld(): void {
    if (this.#port.roster().length < 2) return;
    this.#oldSince ??= this.#clock.now();
    this.replan();
  }

  /** A commit, ours or another's, has been applied. */
  epochMoved(added: readonly RosterEntry[], rekey: boolean): void {
    this.#remember(added);
    if (rekey) {
      this.#lastRekey = this.#clock.now();
      this.#oldSince = undefined;
    }
    this.replan();
  }

  /** Something changed that moves our turn: ranks, presence, the connection. */
  replan(): void {
    this.#timer?.cancel();
    this.#prune();
    const plan = ++this.#plan;
    if (this.#stopped || this.#committing || !this.#isNeeded) return;
    void this.#schedule(plan);
  }

  stop(): void {
    this.#stopped = true;
    this.#plan++;
    this.#timer?.cancel();
    this.#newcomers.clear();
    this.#leavers.clear();
  }

  get #isNeeded(): boolean {
    return this.#admissible().length > 0 || this.#leavers.size > 0 || this.#oldSince !== undefined;
  }

  async #schedule(plan: number): Promise<void> {
    const rank = await this.#rank().catch(() => undefined);
    if (rank === undefined || plan !== this.#plan) return;
    const wait = COALESCE_MS + rank * RANK_STEP_MS + this.#random.fraction() * JITTER_MS;
    const due = Math.max(
      this.#notBefore,
      Math.min(this.#addsDue(wait), this.#removesDue(wait), this.#rekeyDue(wait)),
    );
    this.#timer = this.#clock.schedule(Math.max(0, due - this.#clock.now()), () => void this.#act(wait));
  }

  #addsDue(wait: number): number {
    return Math.min(...this.#admissible().map(({ admissibleSince = Infinity }) => admissibleSince + wait));
  }

  #removesDue(wait: number): number {
    const first = Math.min(...[...this.#leavers.values()].map(({ since }) => since + wait));
    return Math.max(first, this.#lastRekey + rekeyIntervalMs(this.#port.roster().length));
  }

  #rekeyDue(wait: number): number {
    return (this.#oldSince ?? Infinity) + wait;
  }

  async #act(wait: number): Promise<void> {
    this.#prune();
    if (this.#stopped || this.#committing || !this.#port.ready()) return;
    const change = this.#change(wait);
    if (change.addKeyPackages.length === 0 && change.removes.length === 0 && !change.rekey) {
      this.#later();
      return;
    }
    this.#committing = true;
    const result = await this.#port.commit(change).catch((): CommitResult => 'later');
    this.#committing = false;
    if (result === 'refused') this.#narrow(change);
    if (result !== 'settled') {
      this.#later();
      return;
    }
    this.#notBefore = -Infinity;
    this.replan();
  }

  #later(): void {
    this.#notBefore = this.#clock.now() + RETRY_MS;
    this.replan();
  }

  /** Removals and admissions go separately, so that a refusal tells which of them was at fault. */
  #change(wait: number): Change {
    if (this.#removesDue(wait) <= this.#clock.now()) {
      const leavers = [...this.#leavers.values()].slice(0, Math.min(this.#batch, MAX_REMOVES));
      if (leavers.length > 0)
        return { addKeyPackages: [], removes: leavers.map(({ idx, reason }) => ({ idx, reason })) };
    }
    const places = Math.max(0, this.#port.capacity() - this.#port.roster().length);
    const newcomers = this.#admissible();
    const batch = Math.min(this.#batch, MAX_ADDS_PER_COMMIT, places);
    const addKeyPackages = newcomers.slice(0, batch).map(({ kp }) => kp);
    const isOld = addKeyPackages.length === 0 && this.#rekeyDue(wait) <= this.#clock.now();
    return { addKeyPackages, removes: [], ...(isOld ? { rekey: true } : {}) };
  }

  /** One of many who has gone must not keep the others out: after a refusal they are taken one by one. */
  #narrow({ addKeyPackages, removes, rekey }: Change): void {
    if (rekey) this.#oldSince = undefined;
    if (addKeyPackages.length + removes.length === 1) {
      for (const { idx } of removes) this.#leavers.delete(idx);
      for (const { kp, kph } of this.#newcomers.values())
        if (addKeyPackages.includes(kp)) this.#newcomers.delete(kph);
    }
    this.#batch = 1;
  }

  #prune(): void {
    const tooOld = this.#clock.now() - PENDING_SECONDS * 1_000;
    for (const newcomer of this.#newcomers.values()) {
      const { kph, since, sigPub } = newcomer;
      if (since <= tooOld || this.#admitted.has(kph)) this.#newcomers.delete(kph);
      // Who comes back with the keys of a member can come in when that one is out.
      else if (!this.#isMember(sigPub)) newcomer.admissibleSince ??= this.#clock.now();
    }
    for (const { idx, mid } of this.#leavers.values())
      if (!this.#isSeated(idx, mid)) this.#leavers.delete(idx);
    if (this.#newcomers.size === 0 && this.#leavers.size === 0) this.#batch = Infinity;
  }

  /** Our place among the members who are there to act. */
  async #rank(): Promise<number> {
    const ranks = await this.#port.ranks();
    const self = this.#port.self().idx;
    const present = this.#port
      .roster()
      .filter(({ idx, mid }) => idx === self || (this.#port.isPresent(mid) && !this.#leavers.has(idx)))
      .map(({ idx }) => idx)
      .sort((a, b) => (ranks.get(a) ?? Infinity) - (ranks.get(b) ?? Infinity));
    return [
      ...present.filter((idx) => !this.#isSuspect(idx)),
      ...present.filter((idx) => this.#isSuspect(idx)),
    ].indexOf(self);
  }

  #isSuspect(idx: number): boolean {
    const entry = this.#port.roster().find((one) => one.idx === idx);
    return entry !== undefined && (this.#suspects.get(toHex(entry.mid)) ?? 0) > this.#clock.now();
  }

  #admissible(): Newcomer[] {
    return [...this.#newcomers.values()].filter(({ admissibleSince }) => admissibleSince !== undefined);
  }

  #remember(entries: readonly RosterEntry[]): void {
    for (const { kph } of entries) this.#admitted.add(toHex(kph));
  }

  #isMember(sigPub: Bytes): boolean {
    return this.#port.roster().some((entry) => sameBytes(entry.sigPub, sigPub));
  }

  #isSeated(idx: number, mid: Bytes): boolean {
    return this.#port.roster().some((entry) => entry.idx === idx && sameBytes(entry.mid, mid));
  }
}
