import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  parseTemplate,
  TmplAstRecursiveVisitor,
  tmplAstVisitAll,
  type AST,
  ASTWithSource,
  Interpolation,
  type TmplAstBoundText,
  type TmplAstText,
  type TmplAstTextAttribute,
} from '@angular/compiler';
import { LANGUAGE_TAGS, LANGUAGES, loadTexts, preferredLanguage } from './languages.ts';
import { pluralsOf } from './plurals.ts';
import { ENGLISH } from './texts.ts';

type Leaf = string | ((...values: never[]) => string);

const APP = join(import.meta.dirname, '..');
const filesOf = (end: string) =>
  readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end));
const sources = filesOf('.ts')
  .filter((name) => !name.startsWith('i18n/') && !name.endsWith('.spec.ts'))
  .concat(filesOf('.html'))
  .map((name) => readFileSync(join(APP, name), 'utf8'));

/** `part.key` (or deeper) and what stands there. */
function leavesOf(node: object, path: readonly string[] = []): [path: string, leaf: Leaf][] {
  return Object.entries(node as Record<string, Leaf | object>).flatMap(([key, value]) =>
    typeof value === 'object' ? leavesOf(value, [...path, key]) : [[[...path, key].join('.'), value]],
  );
}

/** Says a sentence with values of the kind it takes; each value can be told from the others. */
function say(leaf: Leaf, english: Leaf): string {
  if (typeof leaf === 'string') return leaf;
  const values = parametersOf(english).map((name, at) => (isNumber(name) ? 21 + at : `<${name}>`));
  return (leaf as (...values: unknown[]) => string)(...values);
}

const parametersOf = (leaf: Leaf): string[] =>
  /^\(?([^)=]*)\)?\s*=>/
    .exec(String(leaf))?.[1]
    ?.split(',')
    .map((name) => name.trim()) ?? [];
const isNumber = (name: string) => /^(count|length|most|members|of|missing|others)$/.test(name);

describe.each(LANGUAGE_TAGS)('the texts in %s', (tag) => {
  it('are all there, and none besides', async () => {
    const paths = leavesOf(await loadTexts(tag)).map(([path]) => path);
    expect(paths.toSorted()).toEqual(
      leavesOf(ENGLISH)
        .map(([path]) => path)
        .toSorted(),
    );
  });

  it('say every value they are given, and nothing undefined', async () => {
    const english = new Map(leavesOf(ENGLISH));
    for (const [path, leaf] of leavesOf(await loadTexts(tag))) {
      const original = english.get(path)!;
      const said = say(leaf, original);
      expect([path, said.trim()]).not.toEqual([path, '']);
      expect(said).not.toMatch(/undefined|NaN|\bnull\b/);
      if (typeof original !== 'function') continue;
      expect(said).not.toContain('#');
      for (const name of parametersOf(original)) if (!isNumber(name)) expect(said).toContain(`<${name}>`);
    }
  });

  it('have a form for every plural category of the language', async () => {
    const count = pluralsOf(tag);
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
    const samples = Array.from({ length: 200 }, (_, n) => n);
    const kinds = new Set(samples.map((n) => new Intl.PluralRules(tag).select(n)));
    expect(pluralCategories).toEqual(expect.arrayContaining([...kinds]));
    const { room } = await loadTexts(tag);
    for (const n of samples)
      expect(room.people(n)).toContain(count(n, { other: '#' }).slice(0, n > 2 ? undefined : 0));
  });

  it('differ from English, so that nothing was left untranslated', async () => {
    if (tag === 'en') return;
    const english = new Map(leavesOf(ENGLISH));
    const same = leavesOf(await loadTexts(tag)).filter(
      ([path, leaf]) => say(leaf, english.get(path)!) === say(english.get(path)!, english.get(path)!),
    );
    expect(same.map(([path]) => path).filter((path) => !SAME_WORD.has(path))).toEqual([]);
  });
});

/** Words that some languages share with English. */
const SAME_WORD = new Set([
  'composer.label',
  'room.messages',
  'settings.notifications',
  'security.suite',
  'start.optional',
  'start.passwordLabel',
  'room.people',
  'connection.offline',
]);

describe('the texts', () => {
  it('are all used', () => {
    const dynamic = new Set(['errors', 'closedBy']);
    const all = sources.join('\n');
    const unused = leavesOf(ENGLISH)
      .map(([path]) => path.split('.'))
      .filter(([part = '']) => !dynamic.has(part))
      .filter((path) => !new RegExp(`[.'"]${path.at(-1)!}\\b`).test(all));
    expect(unused.map((path) => path.join('.'))).toEqual([]);
  });

  it('are the only words in templates', () => {
    expect(sources.flatMap(templatesIn).flatMap(wordsIn)).toEqual([]);
  });
});

describe('the language of the page', () => {
  it('is the first that the browser wants and we have', () => {
    expect(preferredLanguage(['xx', 'en-GB', 'de'])).toBe('en');
    expect(preferredLanguage(['__proto__', 'constructor'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });

  it('is written under its own name', () => {
    for (const tag of LANGUAGE_TAGS) expect(LANGUAGES[tag].name).toMatch(/\p{L}/u);
  });
});

function templatesIn(source: string): string[] {
  if (!source.includes('@Component') && source.startsWith('<')) return [source];
  return [...source.matchAll(/template:\s*`([^`]*)`/g)].map(([, template = '']) => template);
}

class Words extends TmplAstRecursiveVisitor {
  readonly found: string[] = [];
  override visitText(text: TmplAstText): void {
    this.#look(text.value);
  }
  override visitTextAttribute({ name, value }: TmplAstTextAttribute): void {
    if (/^(title|placeholder|alt|label|aria-label|aria-description|aria-roledescription)$/.test(name))
      this.#look(value);
  }
  override visitBoundText(text: TmplAstBoundText): void {
    const value: AST = text.value instanceof ASTWithSource ? (text.value.ast as AST) : text.value;
    if (value instanceof Interpolation) for (const fixed of value.strings) this.#look(fixed);
  }
  #look(text: string): void {
    if (/\p{L}/u.test(text)) this.found.push(text);
  }
}

function wordsIn(template: string): string[] {
  const words = new Words();
  tmplAstVisitAll(words, parseTemplate(template, 'template.html', { enableBlockSyntax: true }).nodes);
  return words.found;
}
