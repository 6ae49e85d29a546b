import type { Bytes } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { parseEnvelope } from './envelope.ts';
import { BcError } from './errors.ts';
import type { GroupState } from './group-state.ts';
import type { History, PastSender } from './history.ts';
import type { MessageKey } from './history-block.ts';
import { memberId } from './identity.ts';
import { requireReadable } from './readable.ts';
import { judgeAcknowledgement, type Opened, readAuthentic } from './messages.ts';
import { requireSuite } from './suites.ts';
import { itemHash, type Position, Transcript } from './transcript.ts';

/** What a newcomer may read of the time before it came, and the proof that it is what the members saw (PROTOCOL §6.14). */
export class Past {
  /** The committer's position: the past ends here. */
  readonly anchor: Position;
  readonly #base: Position;
  #proven: ReadonlyMap<number, Bytes> | undefined;

  constructor(base: Position, anchor: Position) {
    this.#base = base;
    this.anchor = anchor;
  }

  /** The first seq of which the item hash is needed; one after the anchor when there is nothing. */
  get from(): number {
    return this.#base.seq + 1;
  }

  /**
   * Takes the item hashes from `from` to the anchor and follows the transcript; afterwards acknowledgements in the past
   * are judged too. @throws BcError ERR_SEQ_GAP when the number of hashes is wrong, ERR_FORK when they lead elsewhere
   */
  async prove(hashes: readonly Bytes[], transcript: Transcript): Promise<void> {
    if (hashes.length !== this.anchor.seq - this.#base.seq) {
      throw new BcError('ERR_SEQ_GAP', 'the hashes do not reach from the beginning to the anchor');
    }
    const path = new Transcript(this.#base);
    const proven = new Map<number, Bytes>();
    for (const [i, hash] of hashes.entries()) {
      await path.fold(this.from + i, hash);
      proven.set(this.from + i, hash);
    }
    if (!equalBytes(path.position.transcript, this.anchor.transcript)) {
      throw new BcError('ERR_FORK', 'the server shows another past than the members saw');
    }
    transcript.recall(path);
    this.#proven = proven;
  }

  /** @throws BcError ERR_TRANSCRIPT unless the proof covers exactly this item */
  async requireProven(seq: number, env: Bytes): Promise<void> {
    const hash = this.#proven?.get(seq);
    if (!hash || !equalBytes(hash, await itemHash(env))) {
      throw new BcError('ERR_TRANSCRIPT', 'this item is not proven to be what the members saw');
    }
  }
}

/**
 * Opens a message from before the own time; as often as one likes, until it is forgotten.
 * @throws BcError ERR_KEY_GONE, ERR_TRANSCRIPT, ERR_FORMAT, ERR_SUITE, ERR_EPOCH, ERR_AEAD, ERR_SIG, ERR_ROSTER,
 * ERR_TEXT_TOO_LONG; `ForkError`
 */
export async function openPast(
  state: GroupState,
  history: History,
  past: Past,
  item: { seq: number; env: Bytes },
): Promise<Opened> {
  const key = history.keyOf(item.seq);
  if (!key || item.seq > past.anchor.seq) throw new BcError('ERR_KEY_GONE', 'this message was not handed on');
  await past.requireProven(item.seq, item.env);
  const envelope = parseEnvelope(item.env);
  requireSuite(envelope.suite, state.suite);
  if (envelope.ephemeral) throw new BcError('ERR_FORMAT', 'this item is not kept');
  if (envelope.epoch !== key.epoch) throw new BcError('ERR_EPOCH', 'the envelope belongs to another epoch');
  const sender = senderOf(state, history, key);
  const place = {
    ...{ suite: state.suite, gid: state.gid, epoch: key.epoch },
    ...{ contextHash: contextOf(history, key), idx: key.idx, counter: key.counter },
    mid: await memberId(state.rid0, sender.sigPub),
  };
  const stamped = await readAuthentic(envelope, place, sender.sigPub, key.key);
  requireReadable(stamped.content);
  history.dated(item.seq, stamped.content.sentMs, stamped.content.ttlSeconds);
  return judgeAcknowledgement(state, stamped, place);
}

function senderOf({ epoch }: GroupState, history: History, key: MessageKey): PastSender {
  const sender = history.senderAt(epoch.roster, key.epoch, key.idx);
  if (!sender) throw new BcError('ERR_ROSTER', 'nobody had that place then');
  return sender;
}

function contextOf(history: History, { epoch }: MessageKey): Bytes {
  const contextHash = history.contextHashOf(epoch);
  if (!contextHash) throw new BcError('ERR_ROSTER', 'that epoch is not known');
  return contextHash;
}

/** @throws BcError ERR_KEY_GONE when nothing was handed on */
export function requirePast({ history, past }: GroupState): { history: History; past: Past } {
  if (!history || !past) throw new BcError('ERR_KEY_GONE', 'no past was handed on');
  return { history, past };
}
