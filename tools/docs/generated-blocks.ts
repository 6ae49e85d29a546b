import { execFileSync } from 'node:child_process';
import { WIRE_ERRORS } from '@bytechat/protocol';
import { read, root } from './markdown.ts';

const configFolder = 'apps/gateway/src/config';

/** Parts of pages that code writes, by the name between their markers. */
export const blocks: Record<string, () => string> = {
  configuration: () => run('print-config.ts'),
  'wire-errors': wireErrors,
  'client-errors': clientErrors,
};

/** The file of examples, as the gateway's schema prints it. */
export const envExample = (): string => run('print-env-example.ts');

/** The page with every marked part written anew. @throws when a marker has an unknown name. */
export function writeBlocks(page: string): string {
  return page.replace(/<!-- generated: ([a-z-]+) -->[\s\S]*?<!-- end of \1 -->/g, (_whole, name: string) => {
    const block = blocks[name];
    if (block === undefined) throw new Error(`No such block: ${name}`);
    return [
      `<!-- generated: ${name} -->`,
      '<!-- prettier-ignore-start -->',
      '',
      block().trim(),
      '',
      '<!-- prettier-ignore-end -->',
      `<!-- end of ${name} -->`,
    ].join('\n');
  });
}

/** A program of the gateway is asked, not imported: the boundaries hold for documentation too. */
function run(program: string): string {
  return execFileSync(process.execPath, [`${configFolder}/${program}`], { cwd: root, encoding: 'utf8' });
}

function wireErrors(): string {
  const rows = Object.entries(WIRE_ERRORS).map(
    ([code, { number, message }]) => `| ${number} | \`${code}\` | ${message} |`,
  );
  return ['| Number | Code | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The codes of libs/crypto, as its type lists them, and those that libs/client adds. */
function clientErrors(): string {
  const ofCrypto = /export type BcErrorCode =([^;]+);/.exec(read('libs/crypto/src/errors.ts'))?.[1] ?? '';
  const ofClient = /\{([^}]*ERR_QUEUE_FULL[^}]*)\}/.exec(read('libs/client/src/errors.ts'))?.[1] ?? '';
  const codes = new Set(`${ofCrypto}${ofClient}`.match(/ERR_[A-Z_]+/g));
  return [...codes].map((code) => `\`${code}\``).join(' ');
}
