import type { Bytes } from './bytes.ts';
import { ENVELOPE_LENGTHS, KEY_UPDATE_LENGTHS } from './limits.ts';

/**
 * The few clear fields the server reads of BC/1 frames. Everything else in them is opaque to it. Layouts:
 * PROTOCOL §6.5 (key package), §6.9 (key update), §6.10 (commit), §6.12 (envelope).
 */
export const FrameType = { COMMIT: 0x10, MESSAGE: 0x20, EPHEMERAL: 0x21 } as const;

export interface EnvelopeHeader {
  suite: number;
  type: typeof FrameType.MESSAGE | typeof FrameType.EPHEMERAL;
  epoch: number;
}

/** The clear header of an envelope, or undefined when it isn't one of BC/1. */
export function readEnvelopeHeader(env: Bytes): EnvelopeHeader | undefined {
  if (!ENVELOPE_LENGTHS.includes(env.length) || env[0] !== 1) return undefined;
  const type = env[3];
  if (type !== FrameType.MESSAGE && type !== FrameType.EPHEMERAL) return undefined;
  const view = viewOf(env);
  return { suite: view.getUint16(1), type, epoch: view.getUint32(4) };
}

/** The clear header of a commit frame, or undefined. */
export function readCommitHeader(frame: Bytes): { suite: number; epoch: number } | undefined {
  if (frame.length < 64 || frame[0] !== 1 || frame[3] !== FrameType.COMMIT) return undefined;
  const view = viewOf(frame);
  return { suite: view.getUint16(1), epoch: view.getUint32(4) };
}

export interface KeyPackageHeader {
  suite: number;
  rid: Bytes;
  /** Uncompressed P-256 point, 65 bytes: what a resume signature is verified with. */
  sigPub: Bytes;
  /** Everything but the MAC: its SHA-256 is the key package's hash (kph). */
  withoutMac: Bytes;
}

/** Reads a key package's clear fields; the server can't check its MAC. Undefined when the layout is another. */
export function readKeyPackageHeader(kp: Bytes): KeyPackageHeader | undefined {
  if (kp.length !== 573 && kp.length !== 508) return undefined;
  const view = viewOf(kp);
  if (kp[0] !== 1 || view.getUint16(45) !== 65 || kp[47] !== 4) return undefined;
  return {
    suite: view.getUint16(1),
    rid: kp.slice(3, 19),
    sigPub: kp.slice(47, 112),
    withoutMac: kp.slice(0, kp.length - 32),
  };
}

export interface KeyUpdateHeader {
  suite: number;
  gid: Bytes;
  idx: number;
  /** Rises with every update of a member. */
  kuSeq: number;
}

/** The clear header of a key update (PROTOCOL §6.9), or undefined when its length isn't its suite's. */
export function readKeyUpdateHeader(bytes: Bytes): KeyUpdateHeader | undefined {
  if (bytes[0] !== 1) return undefined;
  const view = viewOf(bytes);
  const suite = bytes.length > 3 ? view.getUint16(1) : 0;
  if (bytes.length !== KEY_UPDATE_LENGTH_OF_SUITE[suite]) return undefined;
  return { suite, gid: bytes.slice(3, 35), idx: view.getUint16(35), kuSeq: view.getUint16(37) };
}

const [LONGER, SHORTER] = KEY_UPDATE_LENGTHS;
const KEY_UPDATE_LENGTH_OF_SUITE: Readonly<Record<number, number>> = { 1: SHORTER, 2: LONGER };

const viewOf = (bytes: Bytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
