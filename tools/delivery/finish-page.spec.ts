import { describe, expect, test } from '@jest/globals';
import { finishPage, readOrigin } from './finish-page.ts';

const PAGE = [
  '<!doctype html>\n<html><head>',
  '    <meta charset="utf-8"/>',
  '    <link rel="icon" href="/favicon.ico"/>',
  '    <link rel="stylesheet" href="/styles.css" integrity="sha384-A"></head>',
  '  <body><script src="/main.js" type="module" integrity="sha384-B"></script></body></html>',
].join('\n');
const finish = { integrity: { '/chunk.js': 'sha384-C' }, apiOrigin: undefined };

describe('The finished page', () => {
  test('holds later scripts to their hashes before any module starts', () => {
    const page = finishPage(PAGE, finish);
    const map = page.indexOf('<script type="importmap">{"integrity":{"/chunk.js":"sha384-C"}}</script>');
    expect(map).toBeGreaterThan(page.indexOf('charset'));
    expect(map).toBeLessThan(page.indexOf('type="module"'));
  });

  test('names the gateway only where it has another origin', () => {
    expect(finishPage(PAGE, finish)).not.toContain('bytechat-api');
    const page = finishPage(PAGE, { ...finish, apiOrigin: 'https://api.example' });
    expect(page).toContain('<meta name="bytechat-api" content="https://api.example"/>');
  });

  test('can be finished anew, and is as if it had never been finished otherwise', () => {
    const elsewhere = finishPage(PAGE, {
      integrity: { '/old.js': 'sha384-D' },
      apiOrigin: 'https://api.example',
    });
    expect(finishPage(elsewhere, finish)).toBe(finishPage(PAGE, finish));
  });

  test.each([
    ['a script without integrity', PAGE.replace(' integrity="sha384-B"', '')],
    ['a style sheet without integrity', PAGE.replace(' integrity="sha384-A"', '')],
    ['no charset', PAGE.replace('<meta charset="utf-8"/>', '')],
    ['a map of its own', PAGE.replace('<link', '<script type="importmap" integrity="">{}</script><link')],
  ])('is not made of a page with %s', (_what, html) => {
    expect(() => finishPage(html, finish)).toThrow();
  });
});

describe('API_ORIGIN', () => {
  test('may be an origin or nothing', () => {
    expect(readOrigin('https://api.example:8443')).toBe('https://api.example:8443');
    expect([readOrigin(''), readOrigin(undefined)]).toEqual([undefined, undefined]);
  });

  test.each(['https://api.example/', 'api.example', 'wss://api.example', 'https://a.example" x="', '*'])(
    'may not be %s',
    (text) => {
      expect(() => readOrigin(text)).toThrow('API_ORIGIN');
    },
  );
});
