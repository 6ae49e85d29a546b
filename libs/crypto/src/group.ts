import { judgeCommit } from './apply-commit.ts';
import type { Bytes } from './bytes.ts';
import type { Change, Removal } from './commit-rules.ts';
import { equalBytes } from './constant-time.ts';
import type { Content } from './content.ts';
import { type Epoch, eraseEpoch } from './epoch.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { Exclusive } from './exclusive.ts';
import { foundGroup, type FoundInput } from './found.ts';
import { eraseState, type GroupState, selfEntry } from './group-state.ts';
import type { HeldMessage } from './history.ts';
import { dropLeavesBefore, leavesOf, renewLeaf } from './identity.ts';
import { copyInvite, eraseInvite } from './invite.ts';
import { joinGroup, type JoinInput } from './join.ts';
import { checkKeyUpdate, keyUpdateStored, publishLeaf, retireLeaves } from './key-updates.ts';
import { type Opened, openMessage, sealMessage } from './messages.ts';
import { checkNack, createNack, type Nack, type NackCode } from './nack.ts';
import type { GroupParams } from './params.ts';
import { openPast, requirePast } from './past.ts';
import { type CommitChange, type PreparedCommit, type Proposal, proposeCommit } from './prepare-commit.ts';
import { rankMembers } from './ranks.ts';
import type { RosterEntry } from './roster.ts';
import { eraseRotated, type RotatedInvite } from './rotation.ts';
import { openSignal, sealSignal, type SignalKind } from './signal.ts';
import type { Suite } from './suites.ts';
import { itemHash, type Position } from './transcript.ts';
import type { TaggedWrap } from './wrap.ts';

/** What a commit did. `removed` and `added` carry the entries as they stood in the roster. */
export interface CommitEffect {
  /** The epoch it led to. */
  epoch: number;
  rekey: boolean;
  committer: number;
  added: RosterEntry[];
  removed: Removal[];
  /** This member is out: the group has erased itself and refuses all further work. */
  removedSelf: boolean;
  /** The link changed: what to show and to use from now on. Its secrets are the caller's to erase. */
  rotated?: RotatedInvite | undefined;
}

/**
 * One member's view of a group: push in what arrived in the order of the sequence, pull out what must be sent. Calls run
 * one after the other; every method that fails throws `BcError`, after `erase()` always `ERR_CLOSED`.
 */
export class Group {
  readonly #state: GroupState;
  readonly #exclusive = new Exclusive();
  readonly #proposals = new Set<Proposal>();
  #closed = false;

  private constructor(state: GroupState) {
    this.#state = state;
  }

  /** Epoch 0, the founder alone as owner at idx 0, position 0. @throws BcError ERR_POLICY, ERR_SUITE, ERR_FORMAT */
  static async found(input: FoundInput): Promise<Group> {
    return new Group(await foundGroup(input));
  }

  /**
   * Checks in the order of PROTOCOL §6.11. Afterwards the position is the committer's when it made the commit; the caller
   * gives `skip` the item hashes from there up to and including the commit itself.
   * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_CTL_MAC, ERR_WRAP_MAC, ERR_EPOCH, ERR_UNWRAP, ERR_GI, ERR_ROSTER,
   * ERR_GI_SIG, ERR_GI_SELF, ERR_CONFIRM
   */
  static async join(input: JoinInput): Promise<Group> {
    return new Group(await joinGroup(input));
  }

  get gid(): Bytes {
    return this.#state.gid;
  }

  get rid0(): Bytes {
    return this.#state.rid0;
  }

  get suite(): Suite {
    return this.#state.suite;
  }

  get params(): GroupParams {
    return this.#state.epoch.context.params;
  }

  /** 0 at first, one more with every change of the invite. */
  get inviteGeneration(): number {
    return this.#state.epoch.context.inviteGeneration;
  }

  get epoch(): number {
    return this.#state.epoch.context.epoch;
  }

  get roster(): readonly RosterEntry[] {
    return this.#state.epoch.roster;
  }

  get self(): RosterEntry {
    return selfEntry(this.#state);
  }

  /** The newest seq that was folded into the transcript, and T there. The next item must be seq + 1. */
  get position(): Position {
    return this.#state.transcript.position;
  }

  /** A copy of this epoch's authenticator: equal for all who share the epoch. */
  get authenticator(): Bytes {
    this.#requireOpen();
    return this.#state.epoch.secrets.authenticator.slice();
  }

  /** Rank 0… of each member for this epoch, by idx. */
  ranks(): Promise<ReadonlyMap<number, number>> {
    return rankMembers(this.gid, this.epoch, this.roster);
  }

  /** An item of which only the hash counts: before the own commit, expired, or ephemeral. @throws BcError ERR_SEQ_GAP */
  skip(seq: number, hash: Bytes): Promise<void> {
    return this.#run(async () => {
      await this.#state.transcript.fold(seq, hash);
      this.#state.sent.sequenced(hash);
      this.#state.history?.sequenced(seq, hash);
    });
  }

  /** An own envelope that was sequenced. @throws BcError ERR_SEQ_GAP */
  async acceptOwn(seq: number, env: Bytes): Promise<void> {
    return this.skip(seq, await itemHash(env));
  }

  /**
   * A member's envelope. Whatever happens it is folded into the transcript, for it was sequenced; only a seq that isn't
   * the next one changes nothing. The sender's chain moves once the message is authentic.
   * @throws BcError ERR_SEQ_GAP, ERR_FORMAT, ERR_SUITE, ERR_EPOCH, ERR_REPLAY, ERR_GAP, ERR_AEAD, ERR_SIG,
   * ERR_TEXT_TOO_LONG; `KeyRollbackError` when the sender names an older key update than before; `ForkError` when the sender has seen another sequence
   */
  open(seq: number, env: Bytes): Promise<Opened> {
    return this.#run(async () => {
      const { transcript } = this.#state;
      transcript.requireNext(seq);
      const hash = await itemHash(env);
      try {
        return await openMessage(this.#state, env);
      } finally {
        await transcript.fold(seq, hash);
      }
    });
  }

  /**
   * Ends the readability of messages for newcomers: overwrites the keys of all that `isOver` says. Does nothing in rooms
   * without history.
   */
  forget(isOver: (message: HeldMessage) => boolean): Promise<void> {
    return this.#run(async () => this.#state.history?.forget(isOver));
  }

  /** The messages from before the own time that were handed on and aren't forgotten; ascending. */
  get historySeqs(): readonly number[] {
    const { history, past } = this.#state;
    return past && history ? history.seqs.filter((seq) => seq <= past.anchor.seq) : [];
  }

  /** Which item hashes `proveHistory` needs, first and last seq; undefined when no past was handed on. */
  get historyRange(): { from: number; to: number } | undefined {
    const { past } = this.#state;
    return past && { from: past.from, to: past.anchor.seq };
  }

  /**
   * Shows that the item hashes of `historyRange` are those that the members saw. Comes before `openHistory`.
   * @throws BcError ERR_KEY_GONE, ERR_SEQ_GAP (not as many as needed), ERR_FORK
   */
  proveHistory(hashes: readonly Bytes[]): Promise<void> {
    return this.#run(async () => requirePast(this.#state).past.prove(hashes, this.#state.transcript));
  }

  /**
   * Opens a message from before the own time, one of `historySeqs`; the state isn't changed.
   * @throws BcError ERR_KEY_GONE, ERR_TRANSCRIPT (not proven), ERR_FORMAT, ERR_SUITE, ERR_EPOCH, ERR_AEAD, ERR_SIG,
   * ERR_ROSTER, ERR_TEXT_TOO_LONG; `ForkError`
   */
  openHistory(seq: number, env: Bytes): Promise<Opened> {
    return this.#run(async () => {
      const { history, past } = requirePast(this.#state);
      return openPast(this.#state, history, past, { seq, env });
    });
  }

  /**
   * Seals content at the present epoch and position. Envelopes are to be sequenced in the order they were sealed: a
   * receiver refuses one that a later one has overtaken.
   * @throws BcError ERR_TEXT_TOO_LONG, ERR_TOO_LARGE, ERR_FORMAT
   */
  seal(content: Content, { ephemeral = false }: { ephemeral?: boolean } = {}): Promise<Bytes> {
    return this.#run(() => sealMessage(this.#state, content, ephemeral));
  }

  /** Seals something fleeting, which is neither numbered nor kept (PROTOCOL §11): always 96 bytes. */
  sealSignal(kind: SignalKind): Promise<Bytes> {
    return this.#run(() => sealSignal(this.#state, kind));
  }

  /** @throws BcError ERR_FORMAT, ERR_AEAD, ERR_SIG, ERR_REPLAY */
  openSignal(bytes: Bytes): Promise<{ idx: number; mid: Bytes; kind: SignalKind }> {
    return this.#run(() => openSignal(this.#state, bytes));
  }

  /**
   * Makes a commit; nothing of this group changes until `merge`. Removing renews the keys, a kick changes the invite.
   * @throws BcError ERR_OP, ERR_FULL, ERR_POLICY, ERR_KP_DUP, ERR_FORMAT and ERR_KDF_WEAK (password), and those of
   * `checkKeyPackage` and `checkKeyUpdate`; `KeyRollbackError` when a member who stays has newer keys than are at hand
   */
  prepareCommit(change: CommitChange): Promise<PreparedCommit> {
    return this.#run(async () => {
      const proposal = await proposeCommit(this.#state, change);
      this.#proposals.add(proposal);
      return proposal.prepared;
    });
  }

  /** The own commit was accepted at `seq`. @throws BcError ERR_SEQ_GAP, ERR_EPOCH when another commit came before it */
  merge(prepared: PreparedCommit, seq: number): Promise<CommitEffect> {
    return this.#run(async () => {
      const proposal = [...this.#proposals].find((candidate) => candidate.prepared === prepared);
      if (!proposal) throw new BcError('ERR_EPOCH', 'this commit was made for another epoch');
      return this.#merge(proposal, seq);
    });
  }

  /**
   * A commit of the sequence, with the own wrap when it renews the keys. An own prepared commit is merged. An invalid one
   * leaves everything as it was, the transcript included. @throws BcError as `judgeCommit`, ERR_SEQ_GAP
   */
  async applyCommit(seq: number, frame: Bytes, wrap?: TaggedWrap): Promise<CommitEffect> {
    const effect = await this.#run(async () => {
      this.#state.transcript.requireNext(seq);
      const commitId = await itemHash(frame);
      const own = [...this.#proposals].find(({ prepared }) => equalBytes(prepared.commitId, commitId));
      if (own) return this.#merge(own, seq);
      const { change, committer, rekey, next, rotated } = await judgeCommit(this.#state, frame, wrap);
      const outcome = this.#effectOf(change, committer, rekey, rotated, next === undefined);
      await this.#enter(next, seq, commitId, rotated);
      if (rekey && next) retireLeaves(this.#state);
      return outcome;
    });
    if (effect.removedSelf) this.erase();
    return effect;
  }

  /** The own leaf keys have decrypted something, so they should be replaced (PROTOCOL §6.9). */
  get needsKeyUpdate(): boolean {
    return leavesOf(this.#state.identity)[0].used;
  }

  /**
   * Makes new leaf keys, which count at once for what others wrap; the old ones open until something arrived for newer
   * ones or until `dropOldKeys`. The caller sends the bytes to the server and then says so (`keyUpdateStored`).
   * @throws BcError ERR_KEY_GONE, ERR_KU after 65,535 updates
   */
  async createKeyUpdate(): Promise<{ bytes: Bytes; kuSeq: number }> {
    this.#requireOpen();
    const leaf = await renewLeaf(this.#state.identity);
    return this.#run(() => publishLeaf(this.#state, leaf));
  }

  /** The server has that update: every content from now on tells the others not to accept an older one. */
  keyUpdateStored(kuSeq: number): Promise<void> {
    return this.#run(async () => keyUpdateStored(this.#state, kuSeq));
  }

  /** Forgets the own leaf keys that are older than the newest update the server has. */
  dropOldKeys(): Promise<void> {
    return this.#run(async () => dropLeavesBefore(this.#state.identity, this.#state.keyUpdates.stored));
  }

  /**
   * Checks a member's key update and remembers it for the next rekey.
   * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_KU, ERR_KU_SIG, ERR_KEY; `KeyRollbackError`
   */
  checkKeyUpdate(bytes: Bytes): Promise<{ idx: number; kuSeq: number }> {
    return this.#run(async () => {
      const { idx, kuSeq } = await checkKeyUpdate(this.#state, bytes);
      return { idx, kuSeq };
    });
  }

  /** A complaint about a commit that this member can't follow, for the others. @throws BcError ERR_KEY_GONE, ERR_FORMAT */
  createNack(commitId: Bytes, code: NackCode): Promise<Bytes> {
    return this.#run(() => createNack(this.#state, commitId, code));
  }

  /**
   * Another member's complaint about the commit that led to this epoch, or leads on from it.
   * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_TRANSCRIPT, ERR_EPOCH, ERR_CTL_MAC, ERR_SIG
   */
  checkNack(bytes: Bytes): Promise<Nack> {
    return this.#run(() => checkNack(this.#state, bytes));
  }

  /** Overwrites every secret of the group; the identity stays with its owner, who erases it. Idempotent. */
  erase(): void {
    this.#closed = true;
    this.#forgetProposals();
    eraseState(this.#state);
  }

  async #merge({ prepared, change, next }: Proposal, seq: number): Promise<CommitEffect> {
    this.#state.transcript.requireNext(seq);
    const { rekey, rotate } = prepared;
    const effect = this.#effectOf(change, this.#state.selfIdx, rekey, rotate, false);
    await this.#enter(next, seq, prepared.commitId, rotate);
    return effect;
  }

  #effectOf(
    { added, removed }: Change,
    committer: number,
    rekey: boolean,
    rotated: RotatedInvite | undefined,
    removedSelf: boolean,
  ): CommitEffect {
    return { epoch: this.epoch + 1, rekey, committer, added, removed, removedSelf, rotated };
  }

  /** The one place where an epoch ends. A changed invite counts from the next commit on (PROTOCOL §6.10). */
  async #enter(
    next: Epoch | undefined,
    seq: number,
    commitId: Bytes,
    rotated: RotatedInvite | undefined,
  ): Promise<void> {
    await this.#state.transcript.fold(seq, commitId);
    this.#state.sent.epochEnded();
    this.#forgetProposals(next);
    if (!next) return;
    this.#state.history?.epochEnded(this.#state.epoch, next);
    eraseEpoch(this.#state.epoch);
    this.#state.epoch = next;
    this.#state.keyUpdates.keep(next.roster);
    erase(this.#state.previous?.controlKey);
    this.#state.previous = { commitId, controlKey: this.#state.invite.controlKey.slice() };
    if (!rotated) return;
    eraseInvite(this.#state.invite);
    this.#state.invite = copyInvite(rotated.invite);
  }

  #forgetProposals(kept?: Epoch): void {
    for (const { next, prepared } of this.#proposals) {
      if (next === kept) continue;
      eraseEpoch(next);
      if (prepared.rotate) eraseRotated(prepared.rotate);
    }
    this.#proposals.clear();
  }

  #requireOpen(): void {
    if (this.#closed) throw new BcError('ERR_CLOSED', 'the group was erased');
  }

  /** One operation at a time; what `erase()` overtook is overwritten again and refused. */
  #run<T>(work: () => Promise<T>): Promise<T> {
    return this.#exclusive.run(async () => {
      this.#requireOpen();
      try {
        const result = await work();
        this.#requireOpen();
        return result;
      } finally {
        if (this.#closed) this.erase();
      }
    });
  }
}
