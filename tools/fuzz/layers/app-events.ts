import { decode, encode } from '@msgpack/msgpack';
import { clientEvents, type ClientEventName } from '@bytechat/protocol';
import * as fc from 'fast-check';
import type { AttackCase } from '../attack-case.ts';
import { storable } from './socket-packets.ts';
import { validFor } from './valid-payload.ts';

/** L3: what the schemas of the wire allow, with one field that is otherwise. */
const EVENTS = Object.keys(clientEvents) as ClientEventName[];

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    0,
    -1,
    0.5,
    NaN,
    Infinity,
    2 ** 53,
    -(2 ** 31),
    '\ud800',
    'x'.repeat(5_000),
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    { toString: 'x' },
    { length: 16 },
    new Uint8Array(0),
    new Uint8Array(5_000),
  ),
  fc.uint8Array({ maxLength: 80 }),
  fc.anything({ maxDepth: 2, withNullPrototype: true }),
);

/** Where in a payload something is changed, as a choice at each level. */
const path = fc.array(fc.nat(9), { minLength: 1, maxLength: 3 });

const change = fc.record({
  path,
  value: odd,
  how: fc.constantFrom('replace', 'replace', 'remove', 'add'),
  extra: fc.constantFrom('__proto__', 'constructor', 'toString', 'v', 'mid', 'x'),
});

type Change = { path: number[]; value: unknown; how: string; extra: string };

/** The payload with one field replaced, left out or added. */
function mutate(payload: unknown, { path: [at = 0, ...deeper], value, how, extra }: Change): unknown {
  if (typeof payload !== 'object' || payload === null || payload instanceof Uint8Array) return value;
  const entries = Object.entries(payload);
  const chosen = at % Math.max(1, entries.length);
  const changed = entries.flatMap(([key, one], index): [string, unknown][] => {
    if (index !== chosen) return [[key, one]];
    if (deeper.length > 0) return [[key, mutate(one, { path: deeper, value, how, extra })]];
    return how === 'remove' ? [] : [[key, how === 'replace' ? value : one]];
  });
  const all =
    how === 'add' && deeper.length === 0 ? [...changed, [extra, value] as [string, unknown]] : changed;
  return Array.isArray(payload) ? all.map(([, one]) => one) : asMap(all);
}

/** `__proto__` as a key of its own, as it comes from the wire. */
function asMap(entries: readonly [string, unknown][]): object {
  const map: object = {};
  for (const [key, value] of entries)
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  return map;
}

/** Layers below refuse some payloads with the whole connection: L2 has those. */
function isReadable(bytes: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const eventCases = (event: ClientEventName): fc.Arbitrary<AttackCase> =>
  fc
    .record({ payload: validFor(clientEvents[event]), made: fc.option(change, { freq: 8 }) })
    .map(({ payload, made }) => ({
      name: made ? `one field of ${event} changed` : `${event} as it should be`,
      bytes: encode(storable(made ? mutate(payload, made) : payload)),
    }))
    .filter(({ bytes }) => isReadable(bytes))
    .map(({ name, bytes }) => ({
      ...{ layer: 'L3', name, event },
      payload: Buffer.from(bytes).toString('base64'),
    }));

export const hostileEvents: fc.Arbitrary<AttackCase> = fc.oneof(...EVENTS.map(eventCases));
