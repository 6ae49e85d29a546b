import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from '@bytechat/config';
import { writeBlocks } from './generated-blocks.ts';
import { markdownFiles, read, root } from './markdown.ts';

/** Writes the generated parts of all pages, and `.env.example`. `tools/docs.spec.ts` fails when this wasn't run. */
for (const file of markdownFiles()) {
  const before = read(file);
  const after = writeBlocks(before);
  if (after !== before) {
    writeFileSync(join(root, file), after);
    console.log(`wrote ${file}`);
  }
}
writeFileSync(join(root, '.env.example'), envExample());
