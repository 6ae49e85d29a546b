import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every page of this repository that people read, relative to its root. */
export function markdownFiles(): string[] {
  return globSync('**/*.md', {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist|\.nx|\.angular|\.git)(\/|$)/.test(path),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

export interface Link {
  text: string;
  /** Relative to the root of the repository, without the fragment; empty for a link into the same page. */
  target: string;
  fragment: string | undefined;
}

/** The links and pictures of a page that lead to files of this repository. What stands in code is no link. */
export function relativeLinks(file: string, text: string): Link[] {
  const prose = text.replace(/^(```+)[^\n]*\n[\s\S]*?^\1\s*$/gm, '').replace(/`\[[^`]*`/g, '');
  const links = [...prose.matchAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g)].map(
    ([, label = '', href = '']) => ({ label, href }),
  );
  const pictures = [...prose.matchAll(/ (?:src|srcset)="([^"\s]+)"/g)].map(([, href = '']) => ({
    label: '',
    href,
  }));
  return [...links, ...pictures]
    .filter(({ href }) => !/^[a-z][a-z0-9+.-]*:/i.test(href))
    .map(({ label, href }) => {
      const [path = '', fragment] = href.split('#');
      return {
        text: label,
        target: path === '' ? '' : normalize(join(dirname(file), path)),
        fragment,
      };
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What a TypeScript source says in its string literals, with the escapes of quotes taken off. */
export function unescapeQuotes(source: string): string {
  return source.replace(/\\(['"`])/g, '$1');
}
