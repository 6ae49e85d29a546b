import { configTable } from '@bytechat/config';
import { WIRE_ERRORS } from '@bytechat/protocol';
import { read } from './markdown.ts';
import { claimTable } from '../mutate/claims-table.ts';
import { roomWalk } from './room-walk.ts';

/** Parts of pages that code writes, by the name between their markers. */
export const blocks: Record<string, () => string> = {
  configuration: configTable,
  'wire-errors': wireErrors,
  'client-errors': clientErrors,
  'recorded-room': roomWalk,
  'claim-mutants': claimTable,
};

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
