import { createHash } from 'node:crypto';

/** CSP sources for the inline scripts and styles of one page. */
export interface InlineHashes {
  scripts: string[];
  styles: string[];
}

/** Hashes what the built index.html carries inline (an import map, a critical style), so that nothing else inline runs. */
export function inlineHashes(html: string): InlineHashes {
  return { scripts: hashesOf(html, 'script'), styles: hashesOf(html, 'style') };
}

function hashesOf(html: string, element: 'script' | 'style'): string[] {
  const pattern = new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, 'gi');
  const inline = [...html.matchAll(pattern)].filter(([, attributes = '']) => !/\ssrc\s*=/i.test(attributes));
  const texts = inline.map(([, , text = '']) => text).filter((text) => text !== '');
  return [...new Set(texts.map(sha256Source))];
}

const sha256Source = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
