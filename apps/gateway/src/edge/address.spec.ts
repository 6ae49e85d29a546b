import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { createRooms, DEFAULT_STORE_LIMITS, MemoryRoomStore } from '@bytechat/rooms';
import * as fc from 'fast-check';
import { random } from '../testing/person.ts';
import { addressOf, cameOverHttps, proxyTrust } from './address.ts';

/** Whose allowance counts, whatever the headers say (RELIABILITY S5). The proxies have 10.0.0.0/8 and fd00::/8. */

const trust = proxyTrust(['10.0.0.0/8', 'fd00::/8']);
const PROXY = '10.0.0.1';
const CLIENT = '203.0.113.7';

const from = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

const rooms = createRooms(new MemoryRoomStore({ limits: DEFAULT_STORE_LIMITS }), {
  pepper: random(32),
  limits: DEFAULT_STORE_LIMITS,
});
const keyOf = async (request: IncomingMessage): Promise<string> =>
  (await rooms.addressKeys(addressOf(request, trust))).current;
const keyOfAddress = async (address: string): Promise<string> => (await rooms.addressKeys(address)).current;

const XFF = 'x-forwarded-for';

describe('the address that counts is', () => {
  test.each([
    ['the peer, without a proxy', CLIENT, {}],
    ['the peer, when it is no proxy of ours but says that it is one', CLIENT, { [XFF]: '198.51.100.9' }],
    ['the peer, when it says so as a trusted address', CLIENT, { [XFF]: '10.0.0.9' }],
    ['what our proxy saw', PROXY, { [XFF]: CLIENT }],
    ['what our proxy saw, behind one typed address', PROXY, { [XFF]: `198.51.100.9, ${CLIENT}` }],
    ['what our proxy saw, behind a typed address of ours', PROXY, { [XFF]: `10.0.0.9, ${CLIENT}` }],
    [
      'what our proxy saw, behind four typed addresses',
      PROXY,
      { [XFF]: `1.1.1.1, ::1, 10.0.0.2, 9.9.9.9, ${CLIENT}` },
    ],
    ['what the outer of two proxies saw', PROXY, { [XFF]: `198.51.100.9, ${CLIENT}, 10.0.0.2` }],
    ['what the outer of two proxies saw, over IPv6', 'fd00::1', { [XFF]: `${CLIENT}, fd00::2` }],
    ['what our proxy saw, when the proxy comes mapped into IPv6', `::ffff:${PROXY}`, { [XFF]: CLIENT }],
    ['what our proxy saw, mapped into IPv6', PROXY, { [XFF]: `::ffff:${CLIENT}` }],
    ['what our proxy saw, behind junk', PROXY, { [XFF]: `junk, 'or 1=1, <b>, , ${CLIENT}` }],
    ['what our proxy saw, behind 8 KB', PROXY, { [XFF]: `${'198.51.100.9, '.repeat(600)}${CLIENT}` }],
    ['what our proxy saw, without spaces', PROXY, { [XFF]: `198.51.100.9,${CLIENT}` }],
    ['the peer, whatever other headers say', CLIENT, { forwarded: 'for=1.1.1.1', 'x-real-ip': '1.1.1.1' }],
    ['what our proxy saw, whatever other headers say', PROXY, { [XFF]: CLIENT, 'x-real-ip': '1.1.1.1' }],
  ])('%s', async (_, peer, headers) => {
    expect(await keyOf(from(peer, headers))).toBe(await keyOfAddress(CLIENT));
  });

  test('the same however much is typed before it', async () => {
    const expected = await keyOfAddress(CLIENT);
    const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom(PROXY, '10.0.0.2', 'fd00::9', 'unknown'));
    const typed = fc.array(fc.oneof(address, fc.string()), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(typed, async (parts) => {
        expect(await keyOf(from(PROXY, { [XFF]: [...parts, CLIENT].join(', ') }))).toBe(expected);
      }),
      { verbose: true },
    );
  });
});

describe('an IPv6 network', () => {
  test('of 64 bits is one address, the next one is another', async () => {
    const [one, neighbour, other] = await Promise.all(
      ['2001:db8:0:1::1', '2001:db8::1:ffff:0:0:9', '2001:db8:0:2::1'].map((address) =>
        keyOf(from(PROXY, { [XFF]: address })),
      ),
    );
    expect(neighbour).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe('that a browser came over https', () => {
  test.each([
    ['a trusted proxy says so', PROXY, { 'x-forwarded-proto': 'https' }, true],
    ['a trusted proxy says http', PROXY, { 'x-forwarded-proto': 'http' }, false],
    ['nobody says anything', PROXY, {}, false],
    ['a stranger says so', CLIENT, { 'x-forwarded-proto': 'https' }, false],
  ])('%s', (_, peer, headers, secure) => {
    expect(cameOverHttps(from(peer, headers as Record<string, string>), trust)).toBe(secure);
  });
});
