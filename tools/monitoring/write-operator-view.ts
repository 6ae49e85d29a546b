import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { example, holdsOfARoom, operatorView } from './harness/operator-view.ts';
import { root } from './harness/rules-file.ts';

/** Writes docs/OPERATOR-VIEW.md from a conversation over a real Redis: `npm run build` first. */
const page = `${operatorView()}\n${example(await holdsOfARoom())}`;
writeFileSync(join(root, 'docs/OPERATOR-VIEW.md'), page);
