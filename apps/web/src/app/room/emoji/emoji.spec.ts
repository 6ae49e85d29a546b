import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isEmoji } from '@bytechat/client';
import { aMessage } from '../../../testing/fake-room-client.ts';
import { Visitor } from '../../../testing/visitor.ts';
import { TEXT } from './data/all.ts';
import { TEXT as GERMAN } from './data/de.ts';
import { TEXT as FRENCH } from './data/fr.ts';
import { TEXT as JAPANESE } from './data/ja.ts';
import { TEXT as SPANISH } from './data/es.ts';
import { parseEmoji } from './emoji-data.ts';
import { COLUMNS, nextCell } from './emoji-grid.ts';
import { searchEmoji } from './emoji-search.ts';
import { TONES, withTone } from './skin-tone.ts';

const all = parseEmoji(TEXT);
const find = (query: string, list = all) => searchEmoji(list, query, 5).map(({ emoji }) => emoji);
const named = (name: string) => all.find(({ names }) => names.includes(name))!;

describe('the emoji', () => {
  it('are all of them such as members take for one, in every tone', () => {
    const refused = all
      .flatMap((emoji) => TONES.map((_, tone) => withTone(emoji, tone)))
      .filter((one) => !isEmoji(one));
    expect(refused).toEqual([]);
    expect(all.length).toBeGreaterThan(1_800);
  });

  it('weigh 60 kB at most with the names of any language', () => {
    for (const names of [GERMAN, FRENCH, SPANISH, JAPANESE]) {
      expect(names.split('\n')).toHaveLength(TEXT.split('\n').length);
      expect(gzipSync(TEXT).length + gzipSync(names).length).toBeLessThan(60_000);
    }
  });

  it('are found by name, by what they show and by what people think of, best first', () => {
    expect(find('thumbsup')[0]).toBe('👍');
    expect(find('+1')[0]).toBe('👍');
    expect(find('tada')[0]).toBe('🎉');
    expect(find('rocket')[0]).toBe('🚀');
    expect(find('happy').length).toBeGreaterThan(0);
    expect(find('xyzzy')).toEqual([]);
    expect(find('')).toEqual([]);
    const german = parseEmoji(TEXT, GERMAN);
    expect(find('rakete', german)).toContain('🚀');
    expect(find('rocket', german)).toContain('🚀');
  });

  it('take a skin tone where they show skin', () => {
    expect(withTone(named('wave'), 3)).toBe('👋🏽');
    expect(withTone(named('point_up'), 5)).toBe('☝🏿');
    expect(withTone(named('woman_astronaut'), 1)).toBe('👩🏻‍🚀');
    expect(withTone(named('rocket'), 3)).toBe('🚀');
    expect(withTone(named('wave'), 0)).toBe('👋');
  });
});

describe('the way through the grid', () => {
  it('follows the arrow keys, stays inside, and turns round where one reads from the right', () => {
    expect(nextCell(0, 'ArrowRight', 20, false)).toBe(1);
    expect(nextCell(1, 'ArrowRight', 20, true)).toBe(0);
    expect(nextCell(3, 'ArrowDown', 20, false)).toBe(3 + COLUMNS);
    expect(nextCell(18, 'ArrowDown', 20, false)).toBe(19);
    expect(nextCell(3, 'ArrowUp', 20, false)).toBeUndefined();
    expect(nextCell(11, 'Home', 20, false)).toBe(8);
    expect(nextCell(9, 'End', 20, false)).toBe(15);
    expect(nextCell(0, 'ArrowRight', 0, false)).toBeUndefined();
    expect(nextCell(0, 'a', 20, false)).toBeUndefined();
  });
});

describe('choosing an emoji', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    jest.spyOn(console, 'info').mockReturnValue();
    visitor = await Visitor.inARoom();
  });
  const field = () => visitor.one('composer') as HTMLTextAreaElement;
  const arrives = async (testId: string) => {
    for (let tries = 0; tries < 50 && !visitor.sees(testId); tries += 1) await visitor.waits();
  };
  const writes = async (text: string) => {
    field().value = text;
    field().setSelectionRange(text.length, text.length);
    field().dispatchEvent(new Event('input'));
    await visitor.waits();
  };

  it('from the picker, with the keyboard alone', async () => {
    await visitor.types('composer', 'well done ');
    await visitor.clicks('open-emoji');
    await arrives('emoji-cell');
    expect(document.activeElement).toBe(visitor.one('emoji-search'));
    await visitor.types('emoji-search', 'party');
    await visitor.presses('emoji-search', 'ArrowDown');
    const first = visitor.all('emoji-cell')[0]!;
    expect(document.activeElement).toBe(first);
    expect(
      visitor
        .all('emoji-cell')
        .map(({ tabIndex }) => tabIndex)
        .filter((at) => at === 0),
    ).toHaveLength(1);
    first.click();
    await visitor.waits();
    expect(field().value).toBe(`well done ${first.textContent.trim()}`);
    expect(visitor.sees('emoji-popover')).toBe(false);
    expect(document.activeElement).toBe(field());
  });

  it('by its name between colons, or by the beginning of it', async () => {
    await writes('so :rocke');
    await arrives('emoji-suggestion');
    expect(field().getAttribute('aria-activedescendant')).toBe('emoji-suggestion-0');
    await visitor.presses('composer', 'Enter');
    expect(field().value).toBe('so 🚀 ');
    expect(visitor.client.asked('send')).toEqual([]);
    await writes('so 🚀 :tada:');
    expect(field().value).toBe('so 🚀 🎉');
    await writes(':ca');
    await visitor.presses('composer', 'ArrowDown');
    expect(field().getAttribute('aria-activedescendant')).toBe('emoji-suggestion-1');
    await writes('at 10:30 :ro');
    await visitor.presses('composer', 'Escape');
    expect(visitor.sees('emoji-suggestions')).toBe(false);
    await visitor.presses('composer', 'Enter');
    expect(visitor.client.asked('send')).toEqual(['at 10:30 :ro']);
  });

  it('as a reaction', async () => {
    await visitor.hears({ type: 'message', message: aMessage({ id: 'a' }) });
    await visitor.clicks('message-actions');
    await visitor.clicks('menu-more-emoji');
    await arrives('emoji-cell');
    const cell = visitor.all('emoji-cell')[1]!;
    cell.click();
    await visitor.waits();
    expect(visitor.client.asked('react')).toEqual([
      { messageId: 'a', emoji: cell.textContent.trim(), on: true },
    ]);
    await visitor.clicks('quick-react');
    await arrives('emoji-cell');
    await visitor.presses('emoji-search', 'Escape');
    expect(visitor.sees('emoji-popover')).toBe(false);
  });
});
