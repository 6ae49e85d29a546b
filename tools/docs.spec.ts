import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from '@bytechat/config';
import { writeBlocks } from './docs/generated-blocks.ts';
import { anchors, markdownFiles, read, relativeLinks, root, unescapeQuotes } from './docs/markdown.ts';

const pages = markdownFiles();
/** A suite, or stories that several suites tell. */
const isTest = (file: string): boolean => /(\.spec|-stories)\.ts$/.test(file);

describe('the documentation', () => {
  it('has its main pages', () => {
    expect(pages).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/FEATURES.md',
        'docs/OPERATIONS.md',
        'docs/PROTOCOL.md',
        'docs/THREAT-MODEL.md',
      ]),
    );
  });

  it.each(pages)('%s links only to what exists', (page) => {
    const text = read(page);
    const broken = relativeLinks(page, text).filter(({ target, fragment }) => {
      if (target !== '' && !existsSync(join(root, target))) return true;
      if (fragment === undefined || !/(^|\.md)$/.test(target)) return false;
      return !anchors(target === '' ? text : read(target)).has(fragment);
    });
    expect(broken).toEqual([]);
  });

  it.each(pages)('%s names only tests that are in the sources', (page) => {
    const missing = relativeLinks(page, read(page))
      .filter(({ target }) => isTest(target) && existsSync(join(root, target)))
      .filter(({ text, target }) => !unescapeQuotes(read(target)).includes(plain(text)))
      .map(({ text, target }) => `${target}: ${plain(text)}`);
    expect(missing).toEqual([]);
  });

  it.each(pages.filter((page) => read(page).includes('<!-- generated:')))(
    '%s has its generated parts as the code prints them (node tools/docs/update.ts)',
    (page) => {
      expect(read(page)).toBe(writeBlocks(read(page)));
    },
  );

  it('gives .env.example as the schema prints it', () => {
    expect(read('.env.example')).toBe(envExample());
  });
});

describe('the list of features', () => {
  it('names a test in every row, or says that there is none yet', () => {
    const rows = tableRows(read('docs/FEATURES.md'));
    expect(rows.length).toBeGreaterThan(60);
    const bare = rows.filter(
      (row) => !/(\.spec|-stories)\.ts\)/.test(row) && !/not proven yet|not built/.test(row),
    );
    expect(bare).toEqual([]);
  });
});

describe('the threat model', () => {
  it('lists every claim that a test of this repository is named after', () => {
    const named = new Set(
      globSync('{apps,libs,tools}/**/*.spec.ts', {
        cwd: root,
        exclude: (path) => path.includes('node_modules'),
      })
        .flatMap((file) => [...read(file).matchAll(/['"`]claim (\d+)[a-z]?:/g)])
        .map(([, number = '']) => number),
    );
    const page = read('docs/THREAT-MODEL.md');
    const unlisted = [...named].filter((number) => !new RegExp(`^\\| *${number} `, 'm').test(page));
    expect(named.size).toBeGreaterThan(1);
    expect(unlisted).toEqual([]);
  });

  it('names a test for each attack', () => {
    const attacks = tableRows(read('docs/THREAT-MODEL.md')).filter((row) => /^\| *S\d+ /.test(row));
    expect(attacks.length).toBeGreaterThan(15);
    expect(attacks.filter((row) => !/\.spec\.ts\)/.test(row))).toEqual([]);
  });
});

describe('the README', () => {
  it('names only npm scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)];
    const missing = named.map(([, run, short]) => run ?? short ?? '').filter((name) => !(name in scripts));
    expect(named.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
  });

  it.each(['perfect', 'unbreakable', 'military', 'zero knowledge', 'bank-grade'])(
    'does not say "%s"',
    (word) => {
      expect(read('README.md').toLowerCase()).not.toContain(word);
    },
  );
});

describe('the check itself', () => {
  const page = [
    'See [there](docs/gone.md#part), [here](#a-heading) and [the web](https://example.org/x.md).',
    '```',
    '[not a link](nowhere.md)',
    '```',
    '<img src="docs/gone.png" alt="a picture" />',
    '# A heading: with `marks`',
  ].join('\n');

  it('finds the links of a page that lead into the repository, and not those in code', () => {
    expect(relativeLinks('README.md', page)).toEqual([
      { text: 'there', target: 'docs/gone.md', fragment: 'part' },
      { text: 'here', target: '', fragment: 'a-heading' },
      { text: '', target: 'docs/gone.png', fragment: undefined },
    ]);
  });

  it('reads a link from the folder of its page', () => {
    expect(relativeLinks('docs/adr/0001.md', '[up](../FEATURES.md)')[0]?.target).toBe('docs/FEATURES.md');
  });

  it('names anchors as GitHub does', () => {
    expect([...anchors(page)]).toEqual(['a-heading-with-marks']);
  });

  it('refuses a generated part that nobody writes', () => {
    expect(() => writeBlocks('<!-- generated: nothing --><!-- end of nothing -->')).toThrow('nothing');
  });

  it('notices a generated part that was changed by hand', () => {
    const changed = read('docs/PROTOCOL.md').replaceAll('4000', '4999');
    expect(writeBlocks(changed)).not.toBe(changed);
  });
});

/** A link's text without marks of style, as it stands in a test's title. */
function plain(text: string): string {
  return text.replace(/\\([[\]|*_`])/g, '$1').trim();
}

/** The rows of all tables of a page, without heads and rules. */
function tableRows(page: string): string[] {
  return page
    .split('\n')
    .filter((line, index, lines) => /^\|/.test(line) && !isRule(line) && !isRule(lines[index + 1] ?? ''));
}

function isRule(line: string): boolean {
  return /^\|[\s|:-]+\|$/.test(line);
}
