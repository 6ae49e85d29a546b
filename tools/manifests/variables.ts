import { readFileSync } from 'node:fs';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

/** Every variable that the gateway reads, those of files included: .env.example is printed from its schema. */
export const gatewayVariables: ReadonlySet<string> = new Set(
  [...example.matchAll(/\bBYTECHAT_\w+/g)].map(([name]) => name),
);
