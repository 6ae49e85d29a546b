import { type Bytes, concat } from './bytes.ts';
import { dk, mix } from './derive.ts';
import { erase } from './erase.ts';
import { tag } from './labels.ts';
import { hmacSha256, sha256 } from './webcrypto.ts';

/** The secrets of one epoch (PROTOCOL §6.7). */
export interface EpochSecrets {
  /** Root of the senders' chains; erased as soon as they stand. */
  enc: Bytes;
  header: Bytes;
  handshake: Bytes;
  confirm: Bytes;
  authenticator: Bytes;
  /** Of what is not numbered: who types. */
  signal: Bytes;
  /** Goes into the next epoch. */
  init: Bytes;
}

export function joinerSecret(init: Bytes, commitSecret: Bytes, contextHash: Bytes): Promise<Bytes> {
  return mix(init, commitSecret, 'joiner', contextHash);
}

export function epochSecret(joiner: Bytes, psk: Bytes, contextHash: Bytes): Promise<Bytes> {
  return mix(joiner, psk, 'epoch', contextHash);
}

/** The key of the group info that newcomers of this epoch read. */
export function welcomeKey(joiner: Bytes): Promise<Bytes> {
  return dk(joiner, 'welcome key');
}

/** Everything an epoch needs; the epoch secret itself is erased. */
export async function deriveEpochSecrets(
  joiner: Bytes,
  psk: Bytes,
  contextHash: Bytes,
): Promise<EpochSecrets> {
  const epoch = await epochSecret(joiner, psk, contextHash);
  const [enc, header, handshake, confirm, authenticator, signal, init] = await Promise.all([
    dk(epoch, 'enc'),
    dk(epoch, 'header'),
    dk(epoch, 'handshake'),
    dk(epoch, 'confirm'),
    dk(epoch, 'authenticator'),
    dk(epoch, 'signal'),
    dk(epoch, 'init'),
  ]);
  erase(epoch);
  return { enc, header, handshake, confirm, authenticator, signal, init };
}

/** `ith0`: where the chain of commits begins. */
export function initialHandshakeHash(gid: Bytes): Promise<Bytes> {
  return sha256(concat(tag('ith0'), gid));
}

/** `cth'`: the chain so far and a commit without its confirmation. */
export async function confirmedHash(interim: Bytes, commitBody: Bytes): Promise<Bytes> {
  return sha256(concat(tag('cth'), interim, await sha256(commitBody)));
}

/** `ith`: the chain including the confirmation. */
export function interimHash(commitHash: Bytes, confirmTag: Bytes): Promise<Bytes> {
  return sha256(concat(tag('ith'), commitHash, confirmTag));
}

export function confirmationTag(confirm: Bytes, commitHash: Bytes): Promise<Bytes> {
  return hmacSha256(confirm, commitHash);
}
