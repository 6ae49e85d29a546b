import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hostToShow, linkTarget } from './link-target.ts';
import { parseMarkdown } from './markdown.ts';
import type { RichNode } from './rich-node.ts';

/** A node in short: `strong(text "x")`. */
function sketch(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return JSON.stringify(node.text);
      if (node.kind === 'fence') return `fence ${node.label} ${JSON.stringify(node.text)}`;
      if ('text' in node) return `${node.kind} ${JSON.stringify(node.text)}`;
      if (node.kind === 'list') {
        const items = node.items.map((item) => `item(${sketch(item)})`).join(' ');
        return `list ${node.ordered ? node.start : '•'}(${items})`;
      }
      const more = node.kind === 'link' ? ` ${node.href} ${node.host ?? '–'}` : '';
      return `${node.kind}${more}(${sketch(node.children)})`;
    })
    .join(' ');
}

describe('the markup of messages', () => {
  it.each([
    ['plain words', 'paragraph("plain words")'],
    ['**bold** and *soft*', 'paragraph(strong("bold") " and " em("soft"))'],
    ['run `npm ci` now', 'paragraph("run " code "npm ci" " now")'],
    ['```ts\nlet x;\n```', 'fence ts "let x;"'],
    ['> said\n\nanswer', 'quote(paragraph("said")) paragraph("answer")'],
    ['- one\n- two', 'list •(item(paragraph("one")) item(paragraph("two")))'],
    ['3. three', 'list 3(item(paragraph("three")))'],
    ['two\nlines', 'paragraph("two" "\\n" "lines")'],
    ['https://a.example/b', 'paragraph(link https://a.example/b –("https://a.example/b"))'],
    ['[our site](https://a.example)', 'paragraph(link https://a.example/ a.example("our site"))'],
    ['not # a heading\n===', 'paragraph("not # a heading" "\\n" "===")'],
    ['a | b\n--|--', 'paragraph("a | b" "\\n" "--|--")'],
    ['&amp; <b>x</b>', 'paragraph("&amp; <b>x</b>")'],
    ['![x](https://a.example/x.png)', 'paragraph("!" link https://a.example/x.png a.example("x"))'],
    ['example.com me@example.com //example.com', 'paragraph("example.com me@example.com //example.com")'],
  ])('%j becomes %s', (text, tree) => {
    expect(sketch(parseMarkdown(text))).toBe(tree);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:msgbox)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](/room)',
    '[x](#1.code)',
    '<javascript:alert(1)>',
    'javascript:alert(1) ftp://a.example mailto:a@b.example',
  ])('makes no link of %j', (text) => {
    expect(sketch(parseMarkdown(text))).not.toContain('link');
  });

  it('loses no word, whatever the text', () => {
    const markup = fc.constantFrom(
      '*',
      '**',
      '_',
      '`',
      '```',
      '>',
      '- ',
      '1. ',
      '[',
      '](',
      ')',
      '\n',
      '\\',
      '<',
      '!',
    );
    const texts = fc.array(fc.oneof(markup, fc.stringMatching(/^[a-z]{1,6}$/)), { maxLength: 60 });
    fc.assert(
      fc.property(texts, (parts) => {
        const shown = sketch(parseMarkdown(parts.join(' ')));
        for (const word of parts) if (/^[a-z]+$/.test(word)) expect(shown).toContain(word);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['quotes', '> '.repeat(1_900) + 'deep'],
    ['lists', '- '.repeat(1_900) + 'deep'],
    ['brackets', '['.repeat(2_000) + 'deep' + ']'.repeat(1_900)],
    ['stars', '*a '.repeat(1_000) + 'deep'],
    ['backticks', Array.from({ length: 80 }, (_, n) => '`'.repeat(n)).join(' ') + 'deep'],
    ['link brackets', '[a]('.repeat(990) + 'deep'],
  ])('is quick and complete with 4,000 characters of %s', (_, text) => {
    const before = performance.now();
    expect(sketch(parseMarkdown(text.slice(-4_000)))).toContain('deep');
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe('where a link leads', () => {
  it('is an address over http or https, or nowhere', () => {
    expect(linkTarget('https://a.example')?.host).toBe('a.example');
    for (const href of ['javascript:1', 'a.example', '/x', '', 'https://', 'blob:https://a.example/1'])
      expect(linkTarget(href)).toBeUndefined();
  });

  it('is shown unless the words begin with that very host', () => {
    const shown = (href: string, words: string) => hostToShow(new URL(href), words);
    expect(shown('https://a.example/b', 'https://a.example/b')).toBeUndefined();
    expect(shown('https://a.example/', 'a.example')).toBeUndefined();
    expect(shown('https://evil.example/', 'https://a.example')).toBe('evil.example');
    expect(shown('https://a.example.evil.example/', 'https://a.example')).toBe('a.example.evil.example');
    expect(shown('https://a.example@evil.example/', 'https://a.example@evil.example/')).toBe('evil.example');
  });

  it('betrays look-alike letters', () => {
    const words = 'https://аpple.com';
    expect(hostToShow(new URL(words), words)).toBe('xn--pple-43d.com');
  });
});
