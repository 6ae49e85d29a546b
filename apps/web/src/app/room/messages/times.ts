import type { Texts } from '../../i18n/texts.ts';
import { localDay } from './sections.ts';

const ONE_DAY_MS = 86_400_000;
/** The largest time a Date can hold: a hostile sender may name any number. */
const LAST_TIME = 8.64e15;
/** Making a format is slow, and a room has hundreds of times to show. */
const FORMATS = new Map<string, { time: Intl.DateTimeFormat; day: Intl.DateTimeFormat }>();

/** "14:05" in the viewer's own way of writing times. */
export const shortTime = (at: number, locale: string): string => formatsOf(locale).time.format(within(at));

/** For machines: the `datetime` attribute. */
export const isoTime = (at: number): string => new Date(within(at)).toISOString();

/** "Today", "Yesterday" or a date. */
export function dayName(at: number, now: number, texts: Texts['room'], locale: string): string {
  if (localDay(at) === localDay(now)) return texts.today;
  if (localDay(at) === localDay(now - ONE_DAY_MS)) return texts.yesterday;
  return formatsOf(locale).day.format(within(at));
}

function formatsOf(locale: string) {
  const known = FORMATS.get(locale);
  if (known) return known;
  const formats = {
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }),
  };
  FORMATS.set(locale, formats);
  return formats;
}

const within = (at: number): number => Math.min(Math.max(at, 0), LAST_TIME);
