import { toBase64Url, type Bytes } from '@bytechat/protocol';
import { keysOf } from '../address.ts';
import type { AddressKeys } from '../room-store.ts';

/*
 * Every key this store writes. All have a TTL. `{…}` is the hash tag: what a script touches lies on one slot of a
 * cluster.
 *
 * A room, for its life:
 *   meta      hash    gate verifier, options, generation, epoch, seq, ends of group and room
 *   gates     hash    wrong gates (PROTOCOL decision 20)
 *   entitled  zset    connections that may found, by end
 * The rid of a later invite (PROTOCOL decision 14), tagged by itself:
 *   alias     string  the room's first rid, which its keys are tagged by
 * Its group, until the last membership ends:
 *   members   hash    mid → record             slots     hash   idx → mid
 *   leases    zset    mid by end of presence   acts      hash   mid → last act of a person
 *   rates     hash    mid → token buckets      pending   hash   mid → newcomer who waits
 *   log       stream  messages, newest 512     commits   stream 300 s and presence
 *   hashes    stream  of all items, as long    answers   hash   commit id → first answer
 *   ids       hash    (mid, cid) → answer      envelopes hash   SHA-256 → time
 *   seen      stream  what to forget of the last two, in order of age
 *   updates   hash    slot → newest key update
 *   blobs     hash    file id → size, chunks, first missing chunk, end
 *   blob:<hex file id>          hash  chunk → bytes, encrypted
 *   wraps:<generation>:<epoch>  hash  what was staged for a commit
 *   stage:<idx>                 hash  what a member has staged, 30 s
 * An address (tag: its shard), under today's and yesterday's key:
 *   rooms, sockets  zset  places by end        handshake, join, info  string  token buckets
 *   blobs   zset    file and size, by end
 * All pods: salts of the address keys.
 */
const PREFIX = 'bc';

/** In the order in which `lua/include/room.lua` names them. */
const ROOM_KEYS = [
  'meta',
  'gates',
  'entitled',
  'members',
  'slots',
  'leases',
  'acts',
  'rates',
  'pending',
  'log',
  'commits',
  'hashes',
  'answers',
  'ids',
  'envelopes',
  'seen',
  'wraps:',
  'stage:',
  'alias',
  'updates',
  'blobs',
  'blob:',
] as const;

export const roomKeys = (rid: Bytes): string[] => roomKeysOfTag(toBase64Url(rid));

/** Matches the key that every room has. */
export const ANY_META_KEY = `${PREFIX}:{*}:meta`;

/** The keys of the room whose meta key a scan has found. */
export const roomKeysOfMeta = (metaKey: string): string[] =>
  roomKeysOfTag(metaKey.slice(metaKey.indexOf('{') + 1, metaKey.indexOf('}')));

const roomKeysOfTag = (tag: string): string[] => ROOM_KEYS.map((name) => `${PREFIX}:{${tag}}:${name}`);

export type AddressKeyKind = 'rooms' | 'sockets' | 'blobs' | 'handshake' | 'join' | 'info';

/** One key for each of the address's keys, the current one first. They share the shard before the dot. */
export const addressStoreKeys = (kind: AddressKeyKind, address: AddressKeys): string[] =>
  keysOf(address).map((key) => `${PREFIX}:{${key.split('.')[0] ?? key}}:${kind}:${key}`);

export const SALTS_KEY = `${PREFIX}:{salts}:salts`;
