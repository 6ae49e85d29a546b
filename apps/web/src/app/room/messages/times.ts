import { TEXTS } from '../../texts.ts';
import { localDay } from './sections.ts';

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const ONE_DAY_MS = 86_400_000;
/** The largest time a Date can hold: a hostile sender may name any number. */
const LAST_TIME = 8.64e15;

/** "14:05" in the viewer's own way of writing times. */
export const shortTime = (at: number): string => TIME.format(within(at));

/** For machines: the `datetime` attribute. */
export const isoTime = (at: number): string => new Date(within(at)).toISOString();

/** "Today", "Yesterday" or a date. */
export function dayName(at: number, now: number): string {
  if (localDay(at) === localDay(now)) return TEXTS.room.today;
  if (localDay(at) === localDay(now - ONE_DAY_MS)) return TEXTS.room.yesterday;
  return DAY.format(within(at));
}

const within = (at: number): number => Math.min(Math.max(at, 0), LAST_TIME);
