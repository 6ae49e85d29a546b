import { KEPT_HASHES, type Bytes, type LogItem } from '@bytechat/protocol';
import { PAGE_ITEM_OVERHEAD, PAGE_ITEMS } from '../store-settings.ts';

export interface LogLifetimes {
  messageMs: number;
  keepMs: number;
}

interface Message {
  at: number;
  env: Bytes;
}

interface Commit {
  at: number;
  epoch: number;
  frame: Bytes;
}

interface ItemHash {
  at: number;
  hash: Bytes;
}

export type Page = { items: LogItem[]; more: boolean };

/** The items of one group, by seq: messages, commits and the hashes of all, each with a life of its own. */
export class ItemLog {
  readonly #messages = new Map<number, Message>();
  readonly #commits = new Map<number, Commit>();
  readonly #hashes = new Map<number, ItemHash>();
  readonly #maxMessages: number;
  readonly #lifetimes: LogLifetimes;
  #seq = 0;

  constructor(maxMessages: number, lifetimes: LogLifetimes) {
    this.#maxMessages = maxMessages;
    this.#lifetimes = lifetimes;
  }

  get seq(): number {
    return this.#seq;
  }

  /** `env` is undefined for ephemeral items: they are numbered and hashed only. */
  addMessage(at: number, hash: Bytes, env: Bytes | undefined): number {
    const seq = this.#addHash(at, hash);
    if (env !== undefined) this.#messages.set(seq, { at, env });
    dropOldest(this.#messages, this.#maxMessages);
    return seq;
  }

  addCommit(at: number, hash: Bytes, epoch: number, frame: Bytes): number {
    const seq = this.#addHash(at, hash);
    this.#commits.set(seq, { at, epoch, frame });
    return seq;
  }

  /**
   * Items after `from`, dense and ascending. Undefined when one of them is neither kept nor remembered by its hash.
   * @param wrapOf the reader's own wrap of the commit that led to an epoch
   */
  page(
    from: number,
    maxBytes: number,
    now: number,
    wrapOf: (epoch: number) => { wrap: Bytes; tag: Bytes } | undefined,
  ): Page | undefined {
    const items: LogItem[] = [];
    let bytes = 0;
    for (let seq = from + 1; seq <= this.#seq; seq += 1) {
      const item = this.#item(seq, now, wrapOf);
      if (item === undefined) return undefined;
      bytes += sizeOf(item);
      if (items.length === PAGE_ITEMS || (items.length > 0 && bytes > maxBytes)) return { items, more: true };
      items.push(item);
    }
    return { items, more: false };
  }

  /** Removes what has expired. @returns how much it was. */
  trim(now: number): number {
    const { messageMs, keepMs } = this.#lifetimes;
    return (
      dropOlder(this.#messages, now - messageMs) +
      dropOlder(this.#commits, now - keepMs) +
      dropOlder(this.#hashes, now - keepMs)
    );
  }

  #addHash(at: number, hash: Bytes): number {
    this.#seq += 1;
    this.#hashes.set(this.#seq, { at, hash });
    dropOldest(this.#hashes, KEPT_HASHES);
    return this.#seq;
  }

  #item(
    seq: number,
    now: number,
    wrapOf: (epoch: number) => { wrap: Bytes; tag: Bytes } | undefined,
  ): LogItem | undefined {
    const { messageMs, keepMs } = this.#lifetimes;
    const message = this.#messages.get(seq);
    if (message !== undefined && message.at + messageMs > now) {
      return { kind: 'message', seq, at: message.at, env: message.env };
    }
    const commit = this.#commits.get(seq);
    if (commit !== undefined && commit.at + keepMs > now) {
      const wrap = wrapOf(commit.epoch);
      const { epoch, frame } = commit;
      return { kind: 'commit', seq, epoch, frame, ...(wrap === undefined ? {} : { wrap }) };
    }
    const hash = this.#hashes.get(seq);
    return hash !== undefined && hash.at + keepMs > now ? { kind: 'hash', seq, hash: hash.hash } : undefined;
  }
}

function sizeOf(item: LogItem): number {
  if (item.kind === 'message') return item.env.length + PAGE_ITEM_OVERHEAD;
  if (item.kind === 'hash') return PAGE_ITEM_OVERHEAD;
  const wrap = item.wrap === undefined ? 0 : item.wrap.wrap.length + item.wrap.tag.length;
  return item.frame.length + wrap + PAGE_ITEM_OVERHEAD;
}

function dropOldest(items: Map<number, unknown>, keep: number): void {
  for (const seq of items.keys()) {
    if (items.size <= keep) return;
    items.delete(seq);
  }
}

function dropOlder(items: Map<number, { at: number }>, until: number): number {
  let removed = 0;
  for (const [seq, { at }] of items) {
    if (at > until) break;
    items.delete(seq);
    removed += 1;
  }
  return removed;
}
