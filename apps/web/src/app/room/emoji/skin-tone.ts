import { Injectable, signal } from '@angular/core';
import type { Emoji } from './emoji-data.ts';

/** None, and the five of Unicode from light to dark. */
export const TONES = ['', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'] as const;

/** The tone that a person has chosen; forgotten with the tab. */
@Injectable({ providedIn: 'root' })
export class SkinTone {
  /** Index into `TONES`. */
  readonly chosen = signal(0);

  apply(emoji: Emoji): string {
    return withTone(emoji, this.chosen());
  }
}

/** An emoji in a skin tone, if it takes one: the tone stands behind its first character. */
export function withTone({ emoji, toned }: Pick<Emoji, 'emoji' | 'toned'>, tone: number): string {
  if (!toned || tone === 0) return emoji;
  const [first = '', ...rest] = emoji;
  return first + (TONES[tone] ?? '') + rest.join('').replace(/^\ufe0f/, '');
}
