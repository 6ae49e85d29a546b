import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { clientEvents, ENVELOPE_LENGTHS } from '@bytechat/protocol';
import * as z from 'zod/mini';
import { documents } from './documents.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { acknowledgements, serverEvents } from './server-events.ts';

const root = join(import.meta.dirname, '../..');

interface AsyncApi {
  operations: Record<string, { action: string; reply?: object }>;
  components: { messages: Record<string, { payload: Record<string, unknown> }> };
}

const asyncApi = JSON.parse(documents['docs/asyncapi.json']!()) as AsyncApi;

/** Every `$ref` below a value. */
function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('$ref' in value) return [String(value.$ref)];
  return Object.values(value).flatMap(refsIn);
}

function at(document: unknown, ref: string): unknown {
  const parts = ref.replace('#/', '').split('/');
  return parts.reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    document,
  );
}

describe.each(Object.keys(documents))('%s', (path) => {
  test('is as the schemas print it (node tools/contract/write.ts)', () => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(documents[path]!());
  });

  test('refers only to what is in it', () => {
    const document: unknown = JSON.parse(documents[path]!());
    const refs = refsIn(document);
    expect(refs).not.toEqual([]);
    for (const ref of refs) expect([ref, typeof at(document, ref)]).toEqual([ref, 'object']);
  });
});

describe('the events of the socket', () => {
  test('are all there: each that a client may send, with its answers, and each that a server sends', () => {
    const operations = Object.entries(asyncApi.operations);
    const received = operations.filter(
      ([, { action, reply }]) => action === 'receive' && reply !== undefined,
    );
    expect(received.map(([name]) => name)).toEqual(Object.keys(clientEvents));
    expect(Object.keys(acknowledgements)).toEqual(Object.keys(clientEvents));
    const sent = operations.filter(([, { action }]) => action === 'send').map(([name]) => name);
    expect(sent).toEqual(Object.keys(serverEvents).map((name) => `tell_${name}`));
  });

  test('tell the lengths of byte strings that the gateway takes', () => {
    const { payload } = asyncApi.components.messages['send_message']!;
    expect(payload).toMatchObject({
      properties: { cid: { minLength: 16, maxLength: 16 }, env: { 'x-lengths': [...ENVELOPE_LENGTHS] } },
      additionalProperties: false,
    });
  });

  test('find a byte string by what its schema takes, and nothing else', () => {
    const even = z.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && [2, 4].includes(value.length),
    );
    expect(jsonSchemaOf(even)).toEqual({
      type: 'string',
      format: 'binary',
      minLength: 2,
      maxLength: 4,
      'x-lengths': [2, 4],
    });
    expect(() => jsonSchemaOf(z.custom((value) => value === 'text'))).toThrow();
  });
});
