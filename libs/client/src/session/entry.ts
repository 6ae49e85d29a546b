import type { AckBodies, Position, RoomOptions, ServerToClient } from '@bytechat/protocol';
import {
  encodeParams,
  signResume,
  type Bytes,
  type Group,
  type GroupParams,
  type Identity,
  type Invite,
  type KeyPackage,
} from '@bytechat/crypto';
import { accepted, type Link } from '../connection.ts';
import { TransportError } from '../transport.ts';

/** The requests by which one comes into a room. All throw {ClientError} for a refusal and {TransportError}. */

export type WelcomeHint = Extract<ServerToClient['session_key_received'], { kind: 'welcome' }>;

const VERSION = 1;
/** Keys are renewed after this while people write. */
const REKEY_SECONDS = 600;

/** What a group agrees on when it is founded. */
export type GroupRules = Pick<GroupParams, 'history' | 'join' | 'kick'>;

/** Unless the founder says otherwise: what is alive is handed on, the link is enough, the owner removes. */
export const DEFAULT_RULES: GroupRules = { history: 1, join: 0, kick: 1 };

export async function requestCreate(link: Link, { rid, gate }: Invite, options: RoomOptions): Promise<void> {
  await accepted(link, 'join_room', { v: VERSION, op: 'create', rid, gate, options });
}

export async function requestJoin(link: Link, { rid, gate }: Invite, keyPackage: KeyPackage): Promise<void> {
  await accepted(link, 'join_room', { v: VERSION, op: 'join', rid, gate, kp: keyPackage.bytes });
}

/** Comes back as the member one is, by a signature over this connection's challenge. */
export async function requestResume(
  link: Link,
  { rid }: Invite,
  identity: Identity,
  mid: Bytes,
  from: Position,
): Promise<void> {
  const sig = await signResume(identity, link.challenge, rid, mid);
  await accepted(link, 'join_room', { v: VERSION, op: 'resume', rid, mid, from, sig });
}

export function requestFound(
  link: Link,
  group: Group,
  keyPackage: KeyPackage,
  expectGeneration: number,
): Promise<AckBodies['share_session_key']> {
  return accepted(link, 'share_session_key', {
    kind: 'found',
    expectGeneration,
    gid: group.gid,
    kp: keyPackage.bytes,
    params: encodeParams(group.params),
  });
}

export async function fetchGroupInfo(link: Link, { commitId, groupInfoParts }: WelcomeHint): Promise<Bytes> {
  const parts: Bytes[] = [];
  for (let part = 0; part < Math.min(groupInfoParts, MAX_GROUP_INFO_PARTS); part++) {
    const { bytes } = await accepted(link, 'share_session_key', { kind: 'group_info', commitId, part });
    if (!bytes) throw new TransportError('timeout');
    parts.push(bytes);
  }
  return joined(parts);
}

/** What is staged for one commit is at most 1 MiB. */
const MAX_GROUP_INFO_PARTS = 32;

export function paramsOf(options: RoomOptions, rules: GroupRules): GroupParams {
  return {
    ...rules,
    hasPassword: options.kdf !== 0,
    ttlSeconds: options.maxima.ttl_s,
    rekeySeconds: REKEY_SECONDS,
    max: options.maxima.max,
    padId: 0,
  };
}

/** Whether the server speaks of the same room as its members (PROTOCOL decision 19). */
export function agree(params: GroupParams, options: RoomOptions): boolean {
  return (
    params.ttlSeconds === options.maxima.ttl_s &&
    params.max === options.maxima.max &&
    params.hasPassword === (options.kdf !== 0)
  );
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
