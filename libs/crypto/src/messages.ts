import type { Bytes } from './bytes.ts';
import { type Content, encodeContent, requireKnownType, type StampedContent } from './content.ts';
import {
  applyMask,
  contentToSign,
  decodePlaintext,
  decodeSlot,
  encodePlaintext,
  envelopeStart,
  type EnvelopeHeader,
  openPlaintext,
  parseEnvelope,
  sealPlaintext,
  type SigningPlace,
  type Slot,
} from './envelope.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { type GroupState, selfEntry } from './group-state.ts';
import type { UnplacedKey } from './history.ts';
import { signAs } from './identity.ts';
import { requireReadable } from './readable.ts';
import { advance, advanceTo, type Chain, type Step } from './ratchet.ts';
import { entryAt, type RosterEntry } from './roster.ts';
import { requireSuite } from './suites.ts';
import { ACK_BYTES, itemHash } from './transcript.ts';
import { isSignedBy } from './verify.ts';

/** A member's message, authentic and fresh. */
export interface Opened {
  idx: number;
  mid: Bytes;
  ctr: number;
  epoch: number;
  content: Content;
  /** How many stored items this sender had sent before; a jump shows that one is missing. */
  sctr: number;
  /** The sender's newest key update that it knows the server to have. */
  kuSeq: number;
  /** The position up to which the sender had seen the room. */
  seqAck: number;
}

/**
 * The sender has seen another sequence than we have: somebody reorders, hides or forks (PROTOCOL §6.13). The message
 * itself is authentic and stays readable beside the alarm.
 */
export class ForkError extends BcError {
  readonly opened: Opened;

  constructor(opened: Opened) {
    super('ERR_FORK', 'a member has seen another sequence of messages');
    this.opened = opened;
  }
}

/** @throws BcError ERR_FORMAT, ERR_TEXT_TOO_LONG, ERR_TOO_LARGE; the chain moves only when it succeeds */
export async function sealMessage(state: GroupState, content: Content, ephemeral: boolean): Promise<Bytes> {
  requireKnownType(content.type);
  requireReadable(content);
  const { seq, transcript } = state.transcript.position;
  const stamped = {
    content,
    sctr: state.sent.next,
    kuSeq: state.keyUpdates.stored,
    seqAck: seq,
    transcriptAck: transcript.slice(0, ACK_BYTES),
  };
  const env = await sealStamped(state, stamped, ephemeral);
  if (!ephemeral) state.sent.sealed(await itemHash(env));
  return env;
}

/** Signs, pads, encrypts and masks; it judges nothing. */
export async function sealStamped(
  state: GroupState,
  stamped: StampedContent,
  ephemeral: boolean,
): Promise<Bytes> {
  const { suite, gid, selfIdx, epoch, identity } = state;
  const chain = chainOf(state, selfIdx);
  const slot = { idx: selfIdx, counter: chain.next };
  const encoded = encodeContent(stamped);
  const toSign = contentToSign({ ...signingPlace(state, selfEntry(state)), ...slot }, encoded);
  const plaintext = encodePlaintext(encoded, await signAs(identity, 'content', toSign));
  const step = await advance(chain);
  const clear = envelopeStart(suite, ephemeral, epoch.context.epoch);
  const keys = { messageKey: step.messageKey, header: epoch.secrets.header };
  const env = await sealPlaintext({ clear, gid, slot, ...keys }, plaintext);
  erase(plaintext, encoded, toSign);
  if (!ephemeral) {
    state.history?.sealed(await itemHash(env), heldKey(state, slot, step, stamped.content));
  }
  store(state, selfIdx, chain, step);
  return env;
}

/**
 * Opens an envelope in the order of PROTOCOL §6.12: the chain moves only for an authentic message, and then always.
 * @throws BcError ERR_FORMAT, ERR_SUITE, ERR_EPOCH, ERR_REPLAY, ERR_GAP, ERR_AEAD, ERR_SIG; after the chain has moved
 * ERR_TEXT_TOO_LONG, ERR_KU_ROLLBACK, ERR_FORK (`ForkError`)
 */
export async function openMessage(state: GroupState, env: Bytes): Promise<Opened> {
  const envelope = parseEnvelope(env);
  requireSuite(envelope.suite, state.suite);
  if (envelope.epoch !== state.epoch.context.epoch) {
    throw new BcError('ERR_EPOCH', 'the envelope belongs to another epoch');
  }
  const { header } = state.epoch.secrets;
  const slot = decodeSlot(await applyMask(header, envelope.iv, envelope.ciphertext, envelope.masked));
  const sender = entryAt(state.epoch.roster, slot.idx);
  if (!sender) throw new BcError('ERR_AEAD', 'the envelope is not authentic');
  const chain = chainOf(state, slot.idx);
  const step = await advanceTo(chain, slot.counter);
  const place = { ...signingPlace(state, sender), ...slot };
  const stamped = await authenticate(envelope, place, sender, step);
  if (!envelope.ephemeral) {
    const key = heldKey(state, slot, step, stamped.content);
    state.history?.opened(state.transcript.position.seq + 1, key);
  }
  store(state, slot.idx, chain, step);
  requireReadable(stamped.content);
  state.keyUpdates.announced(sender, stamped.kuSeq);
  return judgeAcknowledgement(state, stamped, place);
}

/** Decrypts, and checks the signature over content and place. @throws BcError ERR_AEAD, ERR_FORMAT, ERR_SIG */
export async function readAuthentic(
  envelope: EnvelopeHeader,
  place: SigningPlace,
  sigPub: Bytes,
  messageKey: Bytes,
): Promise<StampedContent> {
  const plaintext = await openPlaintext(envelope, place.gid, place, messageKey);
  const { stamped, encodedContent, signature } = decodePlaintext(plaintext);
  const toVerify = contentToSign(place, encodedContent);
  const valid = await isSignedBy(sigPub, 'content', toVerify, signature);
  erase(plaintext, encodedContent, toVerify);
  if (!valid) throw new BcError('ERR_SIG', 'the message is not signed by its sender');
  return stamped;
}

async function authenticate(
  envelope: EnvelopeHeader,
  place: SigningPlace,
  { sigPub }: RosterEntry,
  step: Step,
): Promise<StampedContent> {
  try {
    return await readAuthentic(envelope, place, sigPub, step.messageKey);
  } catch (error) {
    erase(step.messageKey, step.chain.key);
    throw error;
  }
}

/** @throws ForkError */
export function judgeAcknowledgement(
  state: GroupState,
  { content, sctr, kuSeq, seqAck, transcriptAck }: StampedContent,
  { idx, mid, counter, epoch }: SigningPlace,
): Opened {
  const opened = { idx, mid, ctr: counter, epoch, content, sctr, kuSeq, seqAck };
  if (!state.transcript.agrees(seqAck, transcriptAck)) throw new ForkError(opened);
  return opened;
}

function signingPlace({ suite, gid, epoch }: GroupState, { mid }: RosterEntry) {
  return { suite, gid, epoch: epoch.context.epoch, contextHash: epoch.contextHash, mid };
}

/** A copy of the message's key for newcomers to come; without history there is nothing to copy. */
function heldKey(
  { epoch, history }: GroupState,
  { idx, counter }: Slot,
  { messageKey }: Step,
  { sentMs, ttlSeconds }: Content,
): UnplacedKey {
  const key = history ? messageKey.slice() : new Uint8Array(0);
  return { epoch: epoch.context.epoch, idx, counter, key, sentMs, ttlSeconds };
}

function chainOf({ epoch }: GroupState, idx: number): Chain {
  const chain = epoch.chains.get(idx);
  if (!chain) throw new BcError('ERR_CLOSED', 'the keys of this epoch were erased');
  return chain;
}

function store({ epoch }: GroupState, idx: number, old: Chain, step: Step): void {
  erase(step.messageKey, old.key);
  epoch.chains.set(idx, step.chain);
}
