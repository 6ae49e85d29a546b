import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aMessage } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';
import { Language } from './language.ts';
import { LANGUAGES } from './languages.ts';
import { ENGLISH, PRODUCT, type Texts } from './texts.ts';

/** A language that nobody speaks: every sentence between brackets, and longer by a third, as German is. */
function pseudo<T>(texts: T): T {
  if (typeof texts === 'string') return bracketed(texts) as T;
  if (typeof texts === 'function') {
    const say = texts as unknown as (...values: unknown[]) => unknown;
    return ((...values: unknown[]) => pseudo(say(...values))) as T;
  }
  if (Array.isArray(texts) || typeof texts !== 'object' || texts === null) return texts;
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [key, pseudo(value as unknown)]),
  ) as T;
}

const bracketed = (text: string): string => `⟦${text}${'·'.repeat(Math.ceil(text.length / 3))}⟧`;

/** What isn't said in the texts' language: names, codes, algorithms, what Intl says, and each language under its own name. */
const NOT_TRANSLATED = new Set([PRODUCT, ...Object.values(LANGUAGES).map(({ name }) => name)]);
const IS_DATA = /^(?:Quiet Heron|QH|hello|[0-9A-Z]{4}|\d+ (?:minute|hour)s?|RSA-OAEP.*)$/;

/** Words on the page that no text of the language brought there. */
function foreignWords(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').replace(/⟦[^⟧]*⟧/g, '').trim();
    const own =
      NOT_TRANSLATED.has(text) || IS_DATA.test(text) || node.parentElement?.closest('time, style, script');
    if (/\p{L}{2}/u.test(text) && !own) found.push(text);
  }
  return found;
}

describe('in a language that nobody speaks', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
    const texts: Texts = pseudo(ENGLISH);
    const language = {
      tag: signal('en'),
      texts: signal(texts),
      locale: signal('en'),
      choose: async () => undefined,
    };
    TestBed.overrideProvider(Language, { useValue: language });
  });

  it('every word of the first page is one of that language', async () => {
    const visitor = await Visitor.arrives();
    expect(visitor.pageText).toContain('⟦');
    expect(foreignWords()).toEqual([]);
  });

  it('every word of a room, its dialogs and its end is one of that language', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'message', message: aMessage() });
    expect(foreignWords()).toEqual([]);
    await visitor.clicks('leave');
    expect(foreignWords()).toEqual([]);
    await visitor.clicks('close-dialog');
    await visitor.hears({ type: 'connection', connection: { state: 'closed', code: 'KICKED' } });
    expect(visitor.sees('closed')).toBe(true);
    expect(foreignWords()).toEqual([]);
  });
});
