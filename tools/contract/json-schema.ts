import * as z from 'zod/mini';

/** Longer than any byte string of the wire. */
const LONGEST = 70_000;
const bytes = new Uint8Array(LONGEST);

export type JsonSchema = Record<string, unknown>;

/** A schema of the wire as JSON Schema. MessagePack's `bin` is `binary`, with the lengths that the schema accepts. */
export function jsonSchemaOf(schema: z.core.$ZodType): JsonSchema {
  const written = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.core.$ZodCustom) Object.assign(jsonSchema, binary(zodSchema));
    },
  }) as JsonSchema;
  return Object.fromEntries(Object.entries(written).filter(([name]) => name !== '$schema'));
}

/** A byte string's schema is a question that only it can answer: every length is asked. */
function binary(schema: z.core.$ZodCustom): JsonSchema {
  const accepts = schema._zod.def.fn;
  const accepted: number[] = [];
  for (let length = 0; length <= LONGEST; length++)
    if (accepts(bytes.subarray(0, length))) accepted.push(length);
  const [min, max] = [accepted[0], accepted.at(-1)];
  if (min === undefined || max === undefined) throw new Error('A custom schema is no byte string.');
  const isWhole = accepted.length === max - min + 1;
  return {
    type: 'string',
    format: 'binary',
    ...(max < LONGEST && { minLength: min, maxLength: max }),
    ...(!isWhole && { 'x-lengths': accepted }),
  };
}
