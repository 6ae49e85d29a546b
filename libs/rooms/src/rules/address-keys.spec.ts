import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bytes } from '@bytechat/protocol';
import { addressKeysOf, normaliseAddress } from './address-keys.ts';

const bytesOf = (fill: number): Bytes => new Uint8Array(32).fill(fill);
const pepper = bytesOf(1);
const salts = { current: bytesOf(2), previous: bytesOf(3) };

describe('address keys', () => {
  it('takes an IPv4 address as it is, also when it is mapped into IPv6', () => {
    for (const address of [
      '203.0.113.7',
      '::ffff:203.0.113.7',
      '::FFFF:cb00:7107',
      '0:0:0:0:0:ffff:203.0.113.7',
    ]) {
      expect(normaliseAddress(address)).toBe('203.0.113.7');
    }
  });

  it('takes a whole /64 of IPv6 for one address', () => {
    expect(normaliseAddress('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(normaliseAddress('2001:DB8:1:2::1')).toBe('2001:db8:1:2::/64');
    expect(normaliseAddress('::1')).toBe('0:0:0:0::/64');
    expect(normaliseAddress('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
    expect(normaliseAddress('64:ff9b::203.0.113.7')).toBe('64:ff9b:0:0::/64');
  });

  it('counts everything that is no address together', () => {
    expect(normaliseAddress('')).toBe(normaliseAddress('not an address'));
  });

  it('finds the same network whatever the last 64 bits are', () => {
    const group = fc.nat({ max: 0xffff }).map((n) => n.toString(16));
    const groups = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, groups, (a, b) => {
        fc.pre(a.slice(0, 4).some((part) => part !== '0'));
        const moved = [...a.slice(0, 4), ...b.slice(4)].join(':');
        expect(normaliseAddress(moved)).toBe(normaliseAddress(a.join(':')));
      }),
    );
  });

  it('makes another key from another salt or pepper, on the same shard under every salt', () => {
    const keys = addressKeysOf(pepper, '203.0.113.7', salts);
    expect(keys.previous).not.toBe(keys.current);
    expect(keys.previous?.split('.')[0]).toBe(keys.current.split('.')[0]);
    expect(addressKeysOf(bytesOf(9), '203.0.113.7', salts).current).not.toBe(keys.current);
    expect(addressKeysOf(pepper, '203.0.113.8', salts).current).not.toBe(keys.current);
    expect(addressKeysOf(pepper, '203.0.113.7', { ...salts, previous: undefined }).previous).toBeUndefined();
  });

  it('shows nothing of the address', () => {
    expect(JSON.stringify(addressKeysOf(pepper, '203.0.113.7', salts))).not.toContain('203.0');
  });
});
