import { describe, expect, it } from '@jest/globals';
import type { ConnectionState } from '@bytechat/client';
import { coarselyInWords, inWords } from '../clock/durations.ts';
import { ENGLISH } from '../i18n/texts.ts';
import { encryptionLine } from '../session/encryption-log.ts';
import { hueOf, initialsOf } from '../ui/hue.ts';
import { PanicKey } from './panic-key.ts';
import { dayName, isoTime, shortTime } from './messages/times.ts';
import { connectionTrouble, connectionWord } from './status/connection-text.ts';

describe('durations', () => {
  it.each([
    [1, '1 second'],
    [60, '1 minute'],
    [300, '5 minutes'],
    [3_600, '1 hour'],
    [86_400, '24 hours'],
  ])('%d seconds are %s', (seconds, words) => expect(inWords(seconds, 'en')).toBe(words));

  it('count down coarsely: hours, minutes, then steps of ten seconds', () => {
    expect([7_000, 3_600, 119, 60, 59, 41, 9, 1].map((seconds) => coarselyInWords(seconds, 'en'))).toEqual([
      '2 hr',
      '1 hr',
      '2 min',
      '1 min',
      '60 sec',
      '50 sec',
      '10 sec',
      '10 sec',
    ]);
  });
});

describe('times', () => {
  const now = new Date(2026, 4, 4, 12).getTime();
  const day = (at: number) => dayName(at, now, ENGLISH.room, 'en');
  it('name the day as people do', () => {
    expect(day(now)).toBe('Today');
    expect(day(now - 86_400_000)).toBe('Yesterday');
    expect(day(now - 5 * 86_400_000)).toContain('29');
  });
  it('survive whatever number a sender names', () => {
    for (const at of [-1, Number.MAX_SAFE_INTEGER, 1e300])
      expect(() => [shortTime(at, 'en'), isoTime(at), day(at)]).not.toThrow();
  });
});

describe('the panic key', () => {
  it('is three quick presses of Esc and nothing else', () => {
    const pressed = (...keys: [string, number][]) => {
      const panic = new PanicKey();
      return keys.map(([key, at]) => panic.completedBy(key, at)).at(-1);
    };
    expect(pressed(['Escape', 0], ['Escape', 300], ['Escape', 900])).toBe(true);
    expect(pressed(['Escape', 0], ['Escape', 300])).toBe(false);
    expect(pressed(['Escape', 0], ['Escape', 300], ['Escape', 1_300])).toBe(false);
    expect(pressed(['Escape', 0], ['Escape', 300], ['a', 400], ['Escape', 500])).toBe(false);
  });
});

describe('the connection in words', () => {
  const texts = ENGLISH.connection;
  const trouble = (connection: ConnectionState, now: number) =>
    connectionTrouble(connection, now, texts, 'en');

  it('counts down to the next try, and then says that it tries', () => {
    const waiting = { state: 'waiting', attempt: 2, retryAt: 10_000 } as const;
    expect(trouble(waiting, 5_500)).toMatch(/Next try in 5\ssec/);
    expect(trouble(waiting, 10_000)).toContain('Trying again');
    expect(trouble({ state: 'online' }, 0)).toBeUndefined();
  });
  it('has a word for every state', () => {
    expect(connectionWord({ state: 'online' }, texts)).toBe('Connected');
    expect(connectionWord({ state: 'recovering' }, texts)).toBe('Catching up…');
    expect(connectionWord({ state: 'closed', code: 'ATTEMPTS' }, texts)).toBe('Offline');
  });
});

describe('the encryption log', () => {
  it('has one line for each state', () => {
    expect(encryptionLine({ step: 'none' }, undefined)).toBe('');
    expect(encryptionLine({ step: 'active', epoch: 3, foundedAnew: false }, 2)).toBe(
      'Encryption: active, epoch 3, RSA-OAEP-2048 + ECDH P-256 · AES-256-GCM',
    );
  });
});

describe('avatars', () => {
  it('show the letters of a name, whole characters only', () => {
    expect(initialsOf('Quiet Heron')).toBe('QH');
    expect(initialsOf('quiet-amber-fox')).toBe('QF');
    expect(initialsOf('👩‍👩‍👧 x')).toBe('👩‍👩‍👧X');
    expect(initialsOf('')).toBe('');
  });
  it('have the same colour as long as the member id is the same', () => {
    expect(hueOf('0a1b2c')).toBe(hueOf('0a1b99'));
    expect(hueOf('not hex')).toBe(0);
  });
});
