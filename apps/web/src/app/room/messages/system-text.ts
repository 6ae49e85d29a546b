import type { SystemLine } from '@bytechat/client';
import { TEXTS } from '../../texts.ts';

/** Names shown before "and … others". */
const MOST_NAMES = 3;

/** One sentence for one system line, or for several alike ones in a row. */
export function systemText(lines: readonly SystemLine[]): string {
  const line = lines[0];
  const texts = TEXTS.system;
  switch (line?.kind) {
    case undefined:
      return '';
    case 'joined':
    case 'left':
    case 'timeout':
      return texts[line.kind](listOf(lines.map(nameOf)));
    case 'renamed':
      return texts.renamed(line.name, line.before);
    case 'gap':
      return texts.gap(line.missing);
    case 'founded':
    case 'foundedAnew':
    case 'rejoined':
    case 'unreadable':
      return texts[line.kind];
  }
}

function listOf(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, MOST_NAMES);
  const others = distinct.length - shown.length;
  if (others > 0) return TEXTS.system.andOthers(shown.join(', '), others);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : TEXTS.system.and(shown.join(', '), last);
}

const nameOf = (line: SystemLine): string => ('name' in line ? line.name : '');
