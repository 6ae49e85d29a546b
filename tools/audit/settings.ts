import { parseArgs } from 'node:util';

export const USAGE = `npm run audit:web -- [options]

  --json FILE   where the figures go (default dist/audit/web.json)

Measures the built page as somebody with a cheap phone has it, and ends with 1 when a bar is missed.
`;

export interface AuditSettings {
  json: string;
}

/** @throws {TypeError} in words that help */
export function readSettings(args: readonly string[]): AuditSettings | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string', default: 'dist/audit/web.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return values.help ? 'help' : { json: values.json };
}
