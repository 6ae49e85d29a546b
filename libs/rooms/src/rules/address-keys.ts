import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { toBase64Url, type Bytes } from '@bytechat/protocol';
import { copyOf } from '../bytes.ts';
import type { AddressKeys } from '../room-store.ts';

const KEY_BYTES = 16;

/**
 * What stands for an address in the store: a MAC under the pepper and a salt that dies after a day's overlap (PROTOCOL
 * decision 21). Before the dot: one of 256 shards, the same under every salt, so that a cluster can count both keys in
 * one step; it says nothing more of the address.
 */
export function addressKeysOf(
  pepper: Bytes,
  address: string,
  salts: { current: Bytes; previous: Bytes | undefined },
): AddressKeys {
  const network = normaliseAddress(address);
  const shard = createHmac('sha256', pepper).update('shard\0').update(network).digest('hex').slice(0, 2);
  const keyOf = (salt: Bytes): string => {
    const mac = createHmac('sha256', pepper).update(salt).update(network).digest();
    return `${shard}.${toBase64Url(copyOf(mac.subarray(0, KEY_BYTES)))}`;
  };
  return {
    current: keyOf(salts.current),
    previous: salts.previous === undefined ? undefined : keyOf(salts.previous),
  };
}

/** The network an address counts for: IPv4 as it is (also when mapped into IPv6), IPv6 as its /64. */
export function normaliseAddress(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return 'unknown';
  const groups = expandIPv6(bare);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).flatMap(bytesOfGroup).join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of a valid IPv6 address, a dotted tail included. */
function expandIPv6(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const front = groupsOf(head);
  const back = groupsOf(tail ?? '');
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => 0);
  return [...front, ...zeros, ...back];
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

const bytesOfGroup = (group: number): number[] => [group >> 8, group & 0xff];
