import { readFileSync } from 'node:fs';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const named = [...example.matchAll(/\b(BYTECHAT_\w+)=/g)].map((match) => match[1] ?? '');
if (!named.includes('BYTECHAT_REDIS_URL')) throw new Error('.env.example names no variables.');

/** Every variable that the gateway reads, the files of secrets included: .env.example is printed from its schema. */
export const gatewayVariables: ReadonlySet<string> = new Set([...named, 'BYTECHAT_SECRET_KEY_FILE']);
