import { BcError, ForkError, itemHash, type Bytes, type Group, type Opened } from '@bytechat/crypto';
import type { LogItem } from '@bytechat/protocol';
import { toHex } from '../hex.ts';
import type { Page } from './inbox.ts';
import { hashOf } from './item-taker.ts';

export interface PastPort {
  /** The page of the log after `seq`. */
  fetch(seq: number): Promise<Page>;
  /** `ref`: by which items about it name it, in hex. */
  opened(opened: Opened, seq: number, at: number, ref: string): void;
  /** The server shows another past than the members saw, or a member had seen another one. */
  forked(mid: Bytes | undefined): void;
}

/**
 * Reads what was said before our time, where the room hands it on (PROTOCOL §6.14). Nothing of it is shown before the
 * whole of it is proven to be what the members saw; what the server has forgotten meanwhile is left out.
 */
export async function readPast(group: Group, port: PastPort): Promise<void> {
  const range = group.historyRange;
  const wanted = new Set(group.historySeqs);
  if (!range || wanted.size === 0) return;
  const items = await itemsOf(range, port);
  if (!items || !(await isProven(group, items, port))) return;
  for (const item of items) {
    if (item.kind !== 'message' || !wanted.has(item.seq)) continue;
    const opened = await open(group, item.seq, item.env, port);
    if (opened) port.opened(opened, item.seq, item.at, toHex(await itemHash(item.env)));
  }
}

/** Undefined when the server doesn't have them all. */
async function itemsOf(
  { from, to }: { from: number; to: number },
  port: PastPort,
): Promise<LogItem[] | undefined> {
  const items: LogItem[] = [];
  while (items.length <= to - from) {
    const next = from + items.length;
    const page = await port.fetch(next - 1);
    const known = page.recovered ? page.items.filter(({ seq }) => seq <= to) : [];
    if (known.length === 0 || known.some(({ seq }, index) => seq !== next + index)) return undefined;
    items.push(...known);
  }
  return items;
}

async function isProven(group: Group, items: readonly LogItem[], port: PastPort): Promise<boolean> {
  const hashes = await Promise.all(items.map(hashOf));
  try {
    await group.proveHistory(hashes);
    return true;
  } catch (error) {
    if (!(error instanceof BcError)) throw error;
    if (error.code === 'ERR_FORK') port.forked(undefined);
    return false;
  }
}

/** Undefined when it is no message, or one that is over. */
async function open(group: Group, seq: number, env: Bytes, port: PastPort): Promise<Opened | undefined> {
  try {
    return await group.openHistory(seq, env);
  } catch (error) {
    if (!(error instanceof BcError)) throw error;
    if (!(error instanceof ForkError)) return undefined;
    port.forked(error.opened.mid);
    return error.opened;
  }
}
