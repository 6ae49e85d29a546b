import type { SystemLine } from '@bytechat/client';
import type { Texts } from '../../i18n/texts.ts';

/** Names shown before "and … others". */
const MOST_NAMES = 3;

/** One sentence for one system line, or for several alike ones in a row. */
export function systemText(lines: readonly SystemLine[], texts: Texts['system'], locale: string): string {
  const line = lines[0];
  switch (line?.kind) {
    case undefined:
      return '';
    case 'joined':
    case 'left':
    case 'timeout':
    case 'kicked':
      return texts[line.kind](listOf(lines.map(nameOf), texts, locale));
    case 'renamed':
      return texts.renamed(line.name, line.before);
    case 'sameName':
      return texts.sameName(line.name);
    case 'gap':
      return texts.gap(line.missing);
    case 'founded':
    case 'foundedAnew':
    case 'rejoined':
    case 'linkChanged':
    case 'reinit':
    case 'unreadable':
      return texts[line.kind];
  }
}

function listOf(names: readonly string[], texts: Texts['system'], locale: string): string {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, MOST_NAMES);
  const others = distinct.length - shown.length;
  if (others > 0) return texts.andOthers(shown.join(', '), others);
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(shown);
}

const nameOf = (line: SystemLine): string => ('name' in line ? line.name : '');
