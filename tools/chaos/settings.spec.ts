import { describe, expect, it } from '@jest/globals';
import { FAULTS } from './faults/index.ts';
import { readSettings } from './settings.ts';

describe('npm run chaos', () => {
  it('tries every fault unless told, and takes a seed of its own', () => {
    const settings = readSettings([]);
    expect(settings).toMatchObject({ only: [...FAULTS.keys()], json: 'dist/chaos/result.json' });
    expect(readSettings([])).not.toEqual(settings);
  });

  it('does what it is told', () => {
    const args = ['--only', 'f1,F12', '--seed', '7', '--minutes', '2', '--json', 'x.json'];
    expect(readSettings(args)).toEqual({ only: ['F1', 'F12'], seed: 7, minutes: 2, json: 'x.json' });
  });

  it.each([
    ['a fault that is not known', ['--only', 'F99'], 'There is no fault F99.'],
    ['a number that is none', ['--seed', 'abc'], '--seed takes a number'],
    ['an option that is not known', ['--sed', '1'], '--sed'],
  ])('refuses %s', (_name, args, message) => {
    expect(() => readSettings(args)).toThrow(message);
  });
});
