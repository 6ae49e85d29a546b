import { fileURLToPath } from 'node:url';
import { findNode24, nodeEnvironment } from '../bootstrap/node24.mjs';
import { launch } from '../bootstrap/run.mjs';

// npm run soak: under the Node that reads TypeScript.
const script = fileURLToPath(new URL('soak.ts', import.meta.url));
const ended = await launch(findNode24(), [script, ...process.argv.slice(2)], { env: nodeEnvironment() });
process.exitCode = ended.code;
