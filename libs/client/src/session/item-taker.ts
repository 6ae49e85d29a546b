import { FrameType } from '@bytechat/protocol';
import {
  BcError,
  ForkError,
  itemHash,
  type BcErrorCode,
  type Bytes,
  type CommitEffect,
  type Group,
  type Opened,
} from '@bytechat/crypto';
import { toHex } from '../hex.ts';
import { GapWatch } from './gap-watch.ts';
import type { Item } from './inbox.ts';

/** What comes of items. All of it happens in the order of the log. `ref`: by which items about one name it, in hex. */
export interface ItemSink {
  /** Whether these bytes are a message of ours that waits for its number. */
  isOwn(env: Bytes): boolean;
  ownArrived(env: Bytes, seq: number, at: number, ref: string): void;
  opened(opened: Opened, seq: number, at: number, ref: string): void;
  unreadable(code: string): void;
  /** A member has seen what we have, up to `opened.seqAck`. */
  proved(opened: Opened): void;
  /** The sender has seen another sequence than we have. */
  forked(mid: Bytes): void;
  /** Something that was read before came once more. */
  replayed(): void;
  missing(count: number, mid: Bytes): void;
  epoch(effect: CommitEffect): void;
  /** Everything that came before our own admission has been folded in. */
  caughtUp(): void;
  /** A commit can't be followed: nothing after it can be read. */
  stranded(code: BcErrorCode, commitId: Bytes): void;
}

/** Does what each item of the log says, through the group. */
export class ItemTaker {
  readonly #group: Group;
  readonly #sink: ItemSink;
  readonly #gaps = new GapWatch();
  /** Items up to here are from before our time: only their hashes count. */
  readonly #skipThrough: number;

  constructor(group: Group, skipThrough: number, sink: ItemSink) {
    this.#group = group;
    this.#skipThrough = skipThrough;
    this.#sink = sink;
  }

  async take(item: Item, fromLog: boolean): Promise<'taken' | 'incomplete'> {
    if (item.seq <= this.#skipThrough) return this.#skip(item);
    switch (item.kind) {
      case 'hash':
        await this.#group.skip(item.seq, item.hash);
        this.#gaps.passed();
        return 'taken';
      case 'own':
        return this.#own(item.seq, item.env, item.at);
      case 'message':
        return this.#message(item.seq, item.env, item.at);
      case 'commit':
        return this.#commit(item, fromLog);
    }
  }

  async #skip(item: Item): Promise<'taken'> {
    await this.#group.skip(item.seq, await hashOf(item));
    if (item.seq === this.#skipThrough) this.#sink.caughtUp();
    return 'taken';
  }

  async #own(seq: number, env: Bytes, at: number): Promise<'taken'> {
    const ref = await refOf(env);
    await this.#group.acceptOwn(seq, env);
    this.#sink.ownArrived(env, seq, at, ref);
    return 'taken';
  }

  async #message(seq: number, env: Bytes, at: number): Promise<'taken'> {
    if (this.#sink.isOwn(env)) return this.#own(seq, env, at);
    const ref = await refOf(env);
    const opened = await this.#open(seq, env);
    if (opened) {
      if (env[3] === FrameType.MESSAGE) this.#count(opened);
      this.#sink.opened(opened, seq, at, ref);
    }
    return 'taken';
  }

  /** A message beside a fork alarm is authentic all the same. */
  async #open(seq: number, env: Bytes): Promise<Opened | undefined> {
    try {
      const opened = await this.#group.open(seq, env);
      this.#sink.proved(opened);
      return opened;
    } catch (error) {
      if (error instanceof ForkError) {
        this.#sink.forked(error.opened.mid);
        return error.opened;
      }
      if (!(error instanceof BcError)) throw error;
      this.#gaps.passed();
      if (error.code === 'ERR_REPLAY') this.#sink.replayed();
      this.#sink.unreadable(error.code);
      return undefined;
    }
  }

  #count(opened: Opened): void {
    const missing = this.#gaps.heard(toHex(opened.mid), opened.sctr);
    if (missing > 0) this.#sink.missing(missing, opened.mid);
  }

  /** A refused commit leaves the group as it was. A hint may be false, so the log has the last word. */
  async #commit(item: Extract<Item, { kind: 'commit' }>, fromLog: boolean): Promise<'taken' | 'incomplete'> {
    try {
      this.#epoch(await this.#group.applyCommit(item.seq, item.frame, item.wrap));
      return 'taken';
    } catch (error) {
      if (!(error instanceof BcError)) throw error;
      if (!fromLog) return 'incomplete';
      this.#sink.stranded(error.code, await itemHash(item.frame));
      return 'taken';
    }
  }

  #epoch(effect: CommitEffect): void {
    for (const { mid } of effect.added) this.#gaps.joined(toHex(mid));
    for (const { entry } of effect.removed) this.#gaps.left(toHex(entry.mid));
    this.#sink.epoch(effect);
  }
}

const refOf = async (env: Bytes): Promise<string> => toHex(await itemHash(env));

/** What an item counts as in the transcript. */
export function hashOf(item: Item): Promise<Bytes> {
  if (item.kind === 'hash') return Promise.resolve(item.hash);
  return itemHash(item.kind === 'commit' ? item.frame : item.env);
}
