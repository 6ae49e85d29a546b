import { describe, expect, it } from '@jest/globals';
import type { SystemLine } from '@bytechat/client';

import { aMessage } from '../../../testing/fake-room-client.ts';
import { ENGLISH } from '../../i18n/texts.ts';
import type { TimelineEntry } from '../../session/timeline.ts';
import { sectionsOf } from './sections.ts';
import { systemText } from './system-text.ts';

const NOON = Date.UTC(2026, 4, 4, 12);
const MINUTE = 60_000;

const said = (id: string, mid: string, minutes: number): TimelineEntry => ({
  kind: 'message',
  id,
  message: aMessage({ id, mid, name: mid, sentAt: NOON + minutes * MINUTE }),
});
const came = (id: string, name: string, kind: 'joined' | 'left' = 'joined'): TimelineEntry => ({
  kind: 'system',
  id,
  line: { id, at: NOON, kind, mid: id, name },
});
const told = (lines: readonly SystemLine[]) => systemText(lines, ENGLISH.system, 'en');
const shapesOf = (entries: TimelineEntry[], unreadFrom?: string) =>
  sectionsOf(entries, { dayOf: (at) => new Date(at).toISOString().slice(0, 10), unreadFrom }).map(
    (section) => {
      if (section.kind === 'group') return section.messages.map((message) => message.id).join('+');
      return section.kind;
    },
  );

describe('sections', () => {
  it('put what one person says in a row under one name', () => {
    expect(shapesOf([said('a', 'ada', 0), said('b', 'ada', 1), said('c', 'ben', 2)])).toEqual([
      'day',
      'a+b',
      'c',
    ]);
  });

  it('name the sender again after a pause, or when somebody has come in between', () => {
    expect(shapesOf([said('a', 'ada', 0), said('b', 'ada', 6)])).toEqual(['day', 'a', 'b']);
    expect(shapesOf([said('a', 'ada', 0), came('s', 'Cleo'), said('b', 'ada', 1)])).toEqual([
      'day',
      'a',
      'system',
      'b',
    ]);
  });

  it('begin the unread part with a line of its own, also amid one person’s words', () => {
    expect(shapesOf([said('a', 'ada', 0), said('b', 'ada', 1)], 'b')).toEqual(['day', 'a', 'unread', 'b']);
    expect(shapesOf([said('a', 'ada', 0)], 'gone')).toEqual(['day', 'a']);
  });

  it('begin each day with a heading', () => {
    expect(shapesOf([said('a', 'ada', 0), said('b', 'ada', 13 * 60)])).toEqual(['day', 'a', 'day', 'b']);
  });

  it('keep their keys while they grow, so that nothing on screen is built anew', () => {
    const before = sectionsOf([said('a', 'ada', 0)]).map((section) => section.key);
    const after = sectionsOf([said('a', 'ada', 0), said('b', 'ada', 1)]).map((section) => section.key);
    expect(after).toEqual(before);
  });

  it('tell of many who come at once in one line', () => {
    const entries = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'].map((name) => came(name, name));
    expect(shapesOf([...entries, came('x', 'Ada', 'left')])).toEqual(['day', 'system', 'system']);
    const lines = entries.map((entry) => (entry as { line: SystemLine }).line);
    expect(told(lines)).toBe('Ada, Ben, Cleo and 2 others joined');
    expect(told(lines.slice(0, 2))).toBe('Ada and Ben joined');
    expect(told(lines.slice(0, 1))).toBe('Ada joined');
  });
});
