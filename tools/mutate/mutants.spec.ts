import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { mutantsOf, mutated } from './mutants.ts';
import { relatedSuites } from './related.ts';
import { reasonFor, SECOND_FENCES } from './second-fences.ts';

const sources = fileURLToPath(new URL('../../libs/crypto/src', import.meta.url));
const files = globSync('*.ts', { cwd: sources, exclude: ['*.spec.ts', 'index.ts'] });
const read = (file: string): string => readFileSync(join(sources, file), 'utf8');

/** What becomes of a piece of code, by the words that name each mutant. */
function changes(code: string): Record<string, string> {
  return Object.fromEntries(
    mutantsOf('x.ts', code).map((mutant) => [mutant.what, mutated(code, mutant).replace(/\s+/g, ' ').trim()]),
  );
}

describe('the mutants of a piece of code', () => {
  it('leave out what refuses', () => {
    expect(
      changes(`function f(a: A) { requireB(a); if (a.c) throw new BcError('E', 'x'); return a; }`),
    ).toEqual({
      'without requireB(a);': `function f(a: A) { {} if (a.c) throw new BcError('E', 'x'); return a; }`,
      "without throw new BcError('E', 'x');": 'function f(a: A) { requireB(a); if (a.c) {} return a; }',
    });
  });

  it('silence each part of a condition that decides a refusal', () => {
    expect(changes('const sound = a && b(c);')).toEqual({
      'true for a': 'const sound = true && b(c);',
      'true for b(c)': 'const sound = a && true;',
    });
    expect(Object.keys(changes('function f() { if (a || !b || c) throw e; }'))).toEqual([
      'false for c',
      'false for a',
      'false for !b',
      'without throw e;',
    ]);
    expect(changes('log(a && b);')).toEqual({});
  });

  it('turn every verdict into yes', () => {
    expect(changes('function ok(): boolean { if (x) return false; return y(); }')).toEqual({
      'true for false': 'function ok(): boolean { if (x) return true; return y(); }',
      'true for y()': 'function ok(): boolean { if (x) return false; return true; }',
    });
  });

  it('put zeros in the place of secrets and leave out what they are derived from', () => {
    expect(changes("const s = dk(k, 'l', c);")).toEqual({
      "zeros for dk(k, 'l', c)": "const s = dk(k, 'l', c).then((secret) => secret.fill(0));",
      "no secret k in dk(k, 'l', c)": "const s = dk(new Uint8Array(32), 'l', c);",
      "no label 'l' in dk(k, 'l', c)": "const s = dk(k, '', c);",
      "no context c in dk(k, 'l', c)": "const s = dk(k, 'l', new Uint8Array(0));",
    });
    expect(changes('const r = randomBytes(32);')).toEqual({
      'zeros for randomBytes(32)': 'const r = new Uint8Array(32);',
    });
  });

  it('leave out each part of what is hashed or signed, on both sides where both stand in one file', () => {
    expect(Object.keys(changes('const h = sha256(concat(a, b));'))).toEqual([
      'no a in concat(a, b)',
      'no b in concat(a, b)',
    ]);
    const both = `const s = signAs(i, 'L', concat(a, b)); const v = isSignedBy(k, 'L', concat(c, d), s);`;
    expect(changes(both)).toMatchObject({
      'no label when signing and verifying': `const s = signAs(i, '', concat(a, b)); const v = isSignedBy(k, '', concat(c, d), s);`,
      'no part 1 when signing and verifying': `const s = signAs(i, 'L', concat(a, new Uint8Array(0))); const v = isSignedBy(k, 'L', concat(c, new Uint8Array(0)), s);`,
    });
    const sealed = 'const s = aesGcmSeal(k, iv, aad, m); const o = aesGcmOpen(k, iv, aad, s);';
    expect(changes(sealed)).toEqual({
      'no associated data when sealing and opening':
        'const s = aesGcmSeal(k, iv, new Uint8Array(0), m); const o = aesGcmOpen(k, iv, new Uint8Array(0), s);',
    });
  });

  it('leave secrets where they are', () => {
    expect(changes('erase(a, b);')).toEqual({ 'without erase(a, b);': '{}' });
  });

  it('must still be code', () => {
    const broken = { file: 'x.ts', line: 1, kind: 'input' as const, what: 'broken' };
    expect(() => mutated('const a = 1;', { ...broken, edits: [{ start: 0, end: 5, text: '(' }] })).toThrow(
      'does not parse',
    );
  });
});

describe('the mutants of libs/crypto', () => {
  it('are more than 200, each still code and each different from the original', () => {
    const all = files.flatMap((file) =>
      mutantsOf(file, read(file)).map((mutant) => ({ mutant, result: mutated(read(file), mutant) })),
    );
    expect(all.length).toBeGreaterThan(200);
    expect(
      all.filter(({ mutant, result }) => result === read(mutant.file)).map(({ mutant }) => mutant.what),
    ).toEqual([]);
  });

  it('have a reason beside every one that is known to survive, and no reason is left over', () => {
    const named = files.flatMap((file) => mutantsOf(file, read(file)));
    const unused = SECOND_FENCES.filter(
      ({ file, what }) => !named.some((mutant) => mutant.file === file && mutant.what.startsWith(what)),
    );
    expect(unused).toEqual([]);
    for (const { file, what, why } of SECOND_FENCES) {
      expect(reasonFor({ file, what, line: 1, kind: 'input', edits: [] })).toBe(why);
    }
    expect(reasonFor({ file: 'x.ts', what: 'anything', line: 1, kind: 'input', edits: [] })).toMatch(
      /^not explained/,
    );
  });

  it('are tried first with the suites that are nearest, and with property tests last', () => {
    const suites = globSync('*.spec.ts', { cwd: sources }).map((name) => join(sources, name));
    const related = relatedSuites(join(sources, 'rotation.ts'), suites).map((path) =>
      path.slice(sources.length + 1),
    );
    expect(related[0]).toBe('rotation.spec.ts');
    expect(related).toContain('removal.spec.ts');
    expect(related).not.toContain('wycheproof.spec.ts');
    expect(related.at(-1)).toContain('.property.');
  });
});
