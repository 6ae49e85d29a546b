import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readHistory, toLine } from './event.ts';
import { validHistory } from './valid-history.ts';

describe('a history as lines of JSON', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(validHistory({ maxSteps: 40 }), (events) => {
        expect(readHistory(events.map(toLine).join(''))).toEqual(events);
      }),
    );
  });

  it.each([
    ['not JSON', '{', 'Line 1 is no event of a history.'],
    ['no object', '3', 'Line 1 is no event of a history.'],
    ['an unknown type', '{"type":"toString","process":"a","room":"r","tMono":1}', 'Line 1 is no event'],
    ['no id', '{"type":"send","process":"a","room":"r","tMono":1}', 'Line 1: id is missing or wrong.'],
    [
      'half a seq',
      '{"type":"ok","process":"a","room":"r","tMono":1,"id":"x","generation":1,"seq":0.5}',
      'seq',
    ],
    ['no time', '{"type":"send","process":"a","room":"r","id":"x"}', 'tMono'],
  ])('is refused with the number of the line: %s', (_name, line, message) => {
    expect(() => readHistory(line)).toThrow(message);
  });
});
