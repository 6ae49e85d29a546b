import { type Bytes, concat } from './bytes.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { Reader } from './reader.ts';
import type { Position } from './transcript.ts';
import { u16, u24, u32, v16 } from './writer.ts';

/** The server keeps no more messages than that, so no more keys are of use. */
export const MAX_HISTORY = 512;

/** One past message: where it stands, whose it is, and the key that opens it and nothing else. */
export interface MessageKey {
  seq: number;
  epoch: number;
  idx: number;
  counter: number;
  key: Bytes;
}

/** A member who is gone, but some of whose messages are not. It was here from `joinedEpoch` until before `leftEpoch`. */
export interface DepartedSender {
  idx: number;
  joinedEpoch: number;
  leftEpoch: number;
  sigPub: Bytes;
}

/** What newcomers of a room with history get beside the roster (PROTOCOL §6.14). */
export interface HistoryBlock {
  /** Ascending by seq, all after `base` and none after the anchor of the group info. */
  keys: MessageKey[];
  /** From here the newcomer can follow the transcript to the anchor. */
  base: Position;
  /** GCh of every epoch that has a message here. */
  contexts: { epoch: number; contextHash: Bytes }[];
  departed: DepartedSender[];
}

export function encodeHistory({ keys, base, contexts, departed }: HistoryBlock): Bytes {
  const encodedKeys = keys.map(encodeKey);
  const length = encodedKeys.reduce((sum, key) => sum + key.length, 2);
  const encoded = concat(
    ...[u24(length), u16(keys.length), ...encodedKeys],
    concat(u32(base.seq), base.transcript),
    concat(u16(contexts.length), ...contexts.map((each) => concat(u32(each.epoch), each.contextHash))),
    concat(u16(departed.length), ...departed.map(encodeDeparted)),
  );
  erase(...encodedKeys);
  return encoded;
}

/** @throws BcError ERR_FORMAT; ERR_GI when it contradicts itself, or the anchor and epoch it comes with */
export function readHistory(reader: Reader, limit: { anchorSeq: number; epoch: number }): HistoryBlock {
  const encodedKeys = reader.v24();
  const keys = readKeys(new Reader(encodedKeys));
  erase(encodedKeys);
  const base = { seq: reader.u32(), transcript: reader.bytes(32) };
  const contexts = times(reader.u16(), () => ({ epoch: reader.u32(), contextHash: reader.bytes(32) }));
  const departed = times(reader.u16(), () => readDeparted(reader));
  const block = { keys, base, contexts, departed };
  requireConsistent(block, limit);
  return block;
}

function encodeKey({ seq, epoch, idx, counter, key }: MessageKey): Bytes {
  return concat(u32(seq), u32(epoch), u16(idx), u32(counter), key);
}

function readKeys(reader: Reader): MessageKey[] {
  const keys = times(reader.u16(), () => ({
    seq: reader.u32(),
    epoch: reader.u32(),
    idx: reader.u16(),
    counter: reader.u32(),
    key: reader.bytes(32),
  }));
  reader.end();
  return keys;
}

function encodeDeparted({ idx, joinedEpoch, leftEpoch, sigPub }: DepartedSender): Bytes {
  return concat(u16(idx), u32(joinedEpoch), u32(leftEpoch), v16(sigPub));
}

function readDeparted(reader: Reader): DepartedSender {
  return { idx: reader.u16(), joinedEpoch: reader.u32(), leftEpoch: reader.u32(), sigPub: reader.v16() };
}

function requireConsistent(
  { keys, base, contexts }: HistoryBlock,
  limit: { anchorSeq: number; epoch: number },
): void {
  const slots = new Set(keys.map(({ epoch, idx, counter }) => [epoch, idx, counter].join()));
  const known = new Set(contexts.map(({ epoch }) => epoch));
  const sound =
    keys.length <= MAX_HISTORY &&
    base.seq <= limit.anchorSeq &&
    ascending([base.seq, ...keys.map(({ seq }) => seq)]) &&
    (keys.at(-1)?.seq ?? 0) <= limit.anchorSeq &&
    slots.size === keys.length &&
    known.size === contexts.length &&
    keys.every(({ epoch }) => epoch < limit.epoch && known.has(epoch));
  if (!sound) throw new BcError('ERR_GI', 'the history contradicts itself');
}

function ascending(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? Number.POSITIVE_INFINITY));
}

function times<T>(count: number, read: () => T): T[] {
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read());
  return list;
}
