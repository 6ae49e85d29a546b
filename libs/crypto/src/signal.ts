import { type Bytes, concat, toHex } from './bytes.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import { type GroupState, selfEntry } from './group-state.ts';
import { signAs } from './identity.ts';
import { tag } from './labels.ts';
import { Reader } from './reader.ts';
import { entryAt, type RosterEntry } from './roster.ts';
import { VERSION } from './suites.ts';
import { isSignedBy } from './verify.ts';
import { aesGcmOpen, aesGcmSeal, randomBytes } from './webcrypto.ts';
import { u16, u32, u8 } from './writer.ts';

/** What a signal can say. */
export const SIGNAL_KINDS = { typing: 1 } as const;
export type SignalKind = keyof typeof SIGNAL_KINDS;

const IV_BYTES = 12;
const SIGNATURE_BYTES = 64;
/** Every signal is as long as any other: `iv ‖ AES-GCM(u8 kind ‖ u8 0 ‖ u16 idx ‖ signature)`. */
const SIGNAL_BYTES = 96;
/** Signals of an epoch that are remembered. */
const REMEMBERED = 512;

/** Authentic among members, fixed in length, of one epoch; not in the transcript (PROTOCOL §11). */
export async function sealSignal(state: GroupState, kind: SignalKind): Promise<Bytes> {
  const iv = randomBytes(IV_BYTES);
  const said = concat(u8(SIGNAL_KINDS[kind]), u8(0), u16(state.selfIdx));
  const signature = await signAs(state.identity, 'signal', toSign(state, selfEntry(state), iv, said));
  const plaintext = concat(said, signature);
  const sealed = await aesGcmSeal(state.epoch.secrets.signal, iv, aad(state), plaintext);
  erase(plaintext);
  return concat(iv, sealed);
}

/** @throws BcError ERR_FORMAT, ERR_AEAD, ERR_SIG, ERR_REPLAY */
export async function openSignal(
  state: GroupState,
  bytes: Bytes,
): Promise<{ idx: number; mid: Bytes; kind: SignalKind }> {
  if (bytes.length !== SIGNAL_BYTES) throw new BcError('ERR_FORMAT', 'a signal has one length');
  const iv = bytes.slice(0, IV_BYTES);
  const plaintext = await aesGcmOpen(state.epoch.secrets.signal, iv, aad(state), bytes.slice(IV_BYTES));
  if (!plaintext) throw new BcError('ERR_AEAD', 'the signal is not authentic');
  const reader = new Reader(plaintext);
  const kind = kindOf(reader.u8(), reader.u8());
  const sender = entryAt(state.epoch.roster, reader.u16());
  const said = reader.since(0);
  const signature = reader.bytes(SIGNATURE_BYTES);
  if (!sender || !(await isSignedBy(sender.sigPub, 'signal', toSign(state, sender, iv, said), signature))) {
    throw new BcError('ERR_SIG', 'the signal is not signed by its sender');
  }
  requireNew(state.epoch.signals, iv);
  return { idx: sender.idx, mid: sender.mid, kind };
}

function kindOf(number: number, spare: number): SignalKind {
  const kind = Object.entries(SIGNAL_KINDS).find(([, known]) => known === number)?.[0];
  if (kind === undefined || spare !== 0) throw new BcError('ERR_FORMAT', 'unknown kind of signal');
  return kind as SignalKind;
}

/** The oldest give way: a flood of repetitions could show at most that somebody types. */
function requireNew(known: Set<string>, iv: Bytes): void {
  const name = toHex(iv);
  if (known.has(name)) throw new BcError('ERR_REPLAY', 'this signal came before');
  known.add(name);
  const [oldest] = known;
  if (oldest !== undefined && known.size > REMEMBERED) known.delete(oldest);
}

function toSign({ suite, gid, epoch }: GroupState, { mid }: RosterEntry, iv: Bytes, said: Bytes): Bytes {
  const where = concat(u8(VERSION), u16(suite), gid, u32(epoch.context.epoch), epoch.contextHash);
  return concat(where, mid, iv, said);
}

function aad({ suite, gid, epoch }: GroupState): Bytes {
  return concat(tag('signal'), u8(VERSION), u16(suite), gid, u32(epoch.context.epoch));
}
