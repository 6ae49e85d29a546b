import * as fc from 'fast-check';
import { rawCase, type AttackCase } from '../attack-case.ts';

/** L10: HTTP itself. */
const line = (text: string): Buffer => Buffer.from(text, 'latin1');

const byteOf = (byte: number): Buffer => Buffer.from([byte]);

const SHAPES = [
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n',
  'GET / HTTP/1.1\nHost: a\n\n',
  'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET http://elsewhere/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'CONNECT elsewhere:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET / HTTP/0.9\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: a\r\nX: canary\r\n\r\n',
];

const shapes = fc.constantFrom(...SHAPES).map((text) => rawCase('L10', 'a known shape', [line(text)]));

const paths = fc
  .record({
    method: fc.oneof(
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'),
      fc.stringMatching(/^[A-Z]{1,12}$/),
    ),
    path: fc.oneof(
      fc.webPath(),
      fc.constantFrom(
        '/api/rooms/..%2f',
        '/api/rooms/%00',
        '/%ff',
        '/%',
        '//',
        '/.env',
        '/__proto__',
        '/metrics',
      ),
      fc
        .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 200 })
        .map((text) => `/${text.replaceAll(' ', '+')}`),
    ),
  })
  .map(({ method, path }) =>
    rawCase('L10', 'any method and path', [line(`${method} ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)]),
  );

const headers = fc
  .record({ name: fc.string({ minLength: 1, maxLength: 20 }), length: fc.integer({ min: 0, max: 100_000 }) })
  .map(({ name, length }) =>
    rawCase('L10', 'a long header', [
      line(`GET / HTTP/1.1\r\nHost: a\r\n${name}: ${'x'.repeat(length)}\r\n\r\n`),
    ]),
  );

const DRIPPED = line('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
const dripped = fc
  .integer({ min: 1, max: DRIPPED.length })
  .map((length) => rawCase('L10', 'a request in drops', Array.from(DRIPPED.subarray(0, length), byteOf)));

const garbage = fc.uint8Array({ maxLength: 500 }).map((bytes) => rawCase('L10', 'no HTTP at all', [bytes]));

export const hostileHttp: fc.Arbitrary<AttackCase> = fc.oneof(shapes, paths, headers, dripped, garbage);
