import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';

// Makes the key that all gateways share, once: node make-secret-key.mjs <file>
const KEY_BYTES = 48;
const [file] = process.argv.slice(2);
if (!file) throw new Error('Usage: node make-secret-key.mjs <file>');
if (!existsSync(file))
  writeFileSync(file, randomBytes(KEY_BYTES).toString('base64url'), { mode: 0o400, flag: 'wx' });
