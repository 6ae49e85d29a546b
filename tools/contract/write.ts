import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from './documents.ts';

/** Writes docs/asyncapi.json and docs/openapi.json from the schemas of the wire. */
for (const [path, content] of Object.entries(documents))
  writeFileSync(join(import.meta.dirname, '../..', path), content());
