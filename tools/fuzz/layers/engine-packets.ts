import * as fc from 'fast-check';
import { rawCase, type AttackCase } from '../attack-case.ts';
import { clientFrame, Opcode } from '../wire/frame.ts';
import { upgradeRequest } from '../wire/upgrade.ts';

/** L1: Engine.IO, protocol 4, by its handshake and by its packets. */
const junk = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom('', '__proto__', 'constructor', '%00', '%', '../..', 'polling', 'websocket', '4', '3'),
);

const query = fc
  .array(fc.tuple(fc.constantFrom('EIO', 'transport', 'sid', 'j', 'b64', 't', 'upgrade'), junk), {
    maxLength: 6,
  })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURI(value.toWellFormed())}`).join('&'));

const handshakes = fc
  .record({
    query,
    method: fc.constantFrom('GET', 'GET', 'POST', 'OPTIONS', 'PUT', 'HEAD', 'DELETE'),
    path: fc.constantFrom('/socket.io/', '/socket.io', '/socket.io//', '/socket.io/x', '/engine.io/', '/'),
    headers: fc.dictionary(
      fc.constantFrom('Connection', 'Upgrade', 'Sec-WebSocket-Version', 'Sec-WebSocket-Key', 'Origin'),
      fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
      { maxKeys: 2 },
    ),
  })
  .map(({ method, path, query: given, headers }) =>
    rawCase('L1', 'a handshake', [
      upgradeRequest({ method, path: `${path}?${given}`, headers }),
      clientFrame(Opcode.TEXT, '2probe'),
    ]),
  );

const packet = fc.oneof(
  fc.constantFrom('2probe', '3probe', '5', '6', '1', '0', '2', '3', '4', 'b', 'bAAAA', '\u001e', '4\u001e4'),
  fc.tuple(fc.stringMatching(/^[0-9bx]$/), fc.string({ maxLength: 60 })).map(([type, data]) => type + data),
);

const packets = fc
  .array(packet, { minLength: 1, maxLength: 6 })
  .map((list) =>
    rawCase('L1', 'packets as text', [
      upgradeRequest(),
      ...list.map((one) => clientFrame(Opcode.TEXT, one.toWellFormed())),
    ]),
  );

export const hostileEngine: fc.Arbitrary<AttackCase> = fc.oneof(handshakes, packets);
