import { describe, expect, it } from '@jest/globals';
import { aMessage } from '../../../testing/fake-room-client.ts';
import type { TimelineEntry } from '../../session/timeline.ts';
import { Announcements, type Phrases } from './announcements.ts';

const phrases: Phrases = {
  message: ({ name, text }) => `${name}: ${text}`,
  changed: ({ name, text, deleted }) => `${name} ${deleted ? 'deleted' : `now: ${text}`}`,
  burst: (count, names) => `${count} from ${names.join(' and ')}`,
  system: ({ line }) => line.kind,
};

const said = (id: string, changes: Parameters<typeof aMessage>[0] = {}): TimelineEntry => ({
  kind: 'message',
  id,
  message: aMessage({ id, name: 'Ben', text: id, ...changes }),
});
const joined = (id: string): TimelineEntry => ({
  kind: 'system',
  id,
  line: { id, at: 0, kind: 'joined', mid: id, name: id },
});

describe('what a screen reader is told', () => {
  it('is each message once, whatever becomes of it', () => {
    const announcements = new Announcements();
    expect(announcements.take([said('a')])).toBe(true);
    expect(announcements.tell(phrases)).toEqual(['Ben: a']);
    expect(announcements.take([said('a', { name: 'Benny', state: 'delivered' }), said('b')])).toBe(true);
    expect(announcements.tell(phrases)).toEqual(['Ben: b']);
    expect(announcements.take([said('b')])).toBe(false);
    expect(announcements.tell(phrases)).toEqual([]);
  });

  it('is another text of a message, and that it was taken back, once each', () => {
    const announcements = new Announcements();
    announcements.take([said('a'), said('b')]);
    announcements.take([said('a', { text: 'not told yet' }), said('b')]);
    expect(announcements.tell(phrases)).toEqual(['Ben: not told yet', 'Ben: b']);
    announcements.take([said('a', { text: 'first' }), said('b', { text: '', deleted: true })]);
    announcements.take([said('a', { text: 'second' }), said('b', { text: '', deleted: true })]);
    expect(announcements.tell(phrases)).toEqual(['Ben now: second', 'Ben deleted']);
    expect(announcements.take([said('a', { text: 'second', state: 'delivered' })])).toBe(false);
    announcements.take([said('c')]);
    announcements.take([said('c', { text: '', deleted: true })]);
    expect(announcements.tell(phrases)).toEqual([]);
  });

  it('is nothing of one’s own', () => {
    const announcements = new Announcements();
    expect(announcements.take([said('mine', { own: true })])).toBe(false);
    expect(announcements.take([said('mine', { own: true, text: 'changed' })])).toBe(false);
  });

  it('is a number when much comes at once, with the names of who speaks', () => {
    const announcements = new Announcements();
    announcements.take(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, at) => said(id, { name: at % 2 === 0 ? 'Ben' : 'Cleo' })),
    );
    expect(announcements.tell(phrases)).toEqual(['7 from Ben and Cleo']);
  });

  it('is who comes and goes, but not a whole crowd one by one', () => {
    const announcements = new Announcements();
    announcements.take([joined('s1'), said('a')]);
    expect(announcements.tell(phrases)).toEqual(['joined', 'Ben: a']);
    announcements.take(['s2', 's3', 's4', 's5'].map(joined));
    expect(announcements.tell(phrases)).toEqual(['joined']);
  });
});
