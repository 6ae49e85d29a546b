import { createHmac } from 'node:crypto';
import type { Bytes } from '@bytechat/protocol';
import { copyOf } from '../bytes.ts';

/** What the store keeps of a gate: worthless without the pepper, which is never in the store (PROTOCOL §6.4). */
export function gateVerifier(pepper: Bytes, rid: Bytes, gate: Bytes): Bytes {
  return copyOf(createHmac('sha256', pepper).update(rid).update(gate).digest());
}
