import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const highContrast = readFileSync(join(import.meta.dirname, 'preferences.css'), 'utf8');

/** What stands on what, by token. WCAG 2.2 asks 4.5 for text and 3 for the outline of a control. */
const TEXT: readonly [ink: string, ground: string][] = [
  ...['ground', 'surface', 'raised', 'sunken', 'other', 'accent-wash', 'warn-wash', 'bad-wash'].map(
    (ground): [string, string] => ['ink', ground],
  ),
  ...['ground', 'surface', 'sunken', 'bad-wash'].map((ground): [string, string] => ['ink-soft', ground]),
  ...['ground', 'surface', 'other'].map((ground): [string, string] => ['ink-faint', ground]),
  ...['surface', 'ground', 'accent-wash'].map((ground): [string, string] => ['accent', ground]),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ['own-ink', 'own'],
  ['own-soft', 'own'],
  ['good', 'surface'],
  ['bad', 'surface'],
  ['bad', 'ground'],
  ['bad', 'bad-wash'],
  ['warn-ink', 'warn-wash'],
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((hue): [string, string] => [`hue-${hue}`, 'ground']),
];
const OUTLINES: readonly [line: string, ground: string][] = [
  ['line-strong', 'surface'],
  ['line-strong', 'ground'],
  ['accent', 'ground'],
];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it.each(TEXT)('%s can be read on %s', (ink, ground) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(OUTLINES)('%s can be made out on %s', (line, ground) => {
    expect(contrast(colour(line, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

describe.each(['light', 'dark'] as const)('in high contrast, %s', (theme) => {
  it.each([
    ['ink', 'ground'],
    ['ink', 'surface'],
    ['ink', 'other'],
    ['accent', 'surface'],
    ['bad', 'surface'],
    ['own-soft', 'own'],
  ])('%s stands out from %s by 7 to 1', (ink, ground) => {
    const strong = (token: string) => colour(token, theme, highContrast);
    expect(contrast(strong(ink), strong(ground))).toBeGreaterThanOrEqual(7);
  });
});

function colour(token: string, theme: 'light' | 'dark', sheet = css): string {
  const pair = new RegExp(`--${token}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(sheet);
  const found = pair?.[theme === 'light' ? 1 : 2];
  if (found === undefined) throw new Error(`There is no colour "${token}".`);
  return found;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (value: number): number =>
  value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
