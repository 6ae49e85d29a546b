import { ENVELOPE_LENGTHS } from '@bytechat/protocol';
import * as fc from 'fast-check';
import * as z from 'zod/mini';

type Schema = z.core.$ZodTypes;

/** Byte strings are custom checks: the lengths that one takes are found by trying. */
const BYTE_LENGTHS = [16, 17, 32, 64, 96, 256, 304, 403, 468, 508, 573, ...ENVELOPE_LENGTHS];
const MOST_ITEMS = 4;

/** Payloads that a schema of the wire takes. @throws {Error} for a kind of schema that the wire has not had so far. */
export function validFor(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as Schema)._zod;
  switch (def.type) {
    case 'object':
      return fc
        .record(Object.fromEntries(Object.entries(def.shape).map(([key, field]) => [key, validFor(field)])))
        .map(withoutUndefined);
    case 'union':
      return fc.oneof(...def.options.map((option) => validFor(option)));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'array':
      return fc.array(validFor(def.element), { maxLength: MOST_ITEMS });
    case 'optional':
      return fc.option(validFor(def.innerType), { nil: undefined });
    case 'boolean':
      return fc.boolean();
    case 'number':
      return integersFor(schema);
    case 'custom':
      return bytesFor(schema);
    default:
      throw new Error(`The wire has no ${def.type}.`);
  }
}

function integersFor(schema: z.core.$ZodType): fc.Arbitrary<number> {
  const { minimum, maximum } = (schema as z.core.$ZodNumber)._zod.bag;
  return fc.integer({
    min: Math.max(minimum ?? 0, -(2 ** 31)),
    max: Math.min(maximum ?? 0xffff, 0xffff_ffff),
  });
}

function bytesFor(schema: z.core.$ZodType): fc.Arbitrary<Uint8Array> {
  const lengths = BYTE_LENGTHS.filter((length) => z.safeParse(schema, new Uint8Array(length)).success);
  return fc
    .constantFrom(...lengths)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
}

const withoutUndefined = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
