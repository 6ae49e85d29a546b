const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Unit = 'second' | 'minute' | 'hour' | 'day';

/** A span in words: "45 seconds", "5 minutes", "1 hour". Rounded to the largest unit that fits. */
export function inWords(seconds: number, locale: string): string {
  if (seconds < MINUTE) return counted(Math.max(1, Math.round(seconds)), 'second', 'long', locale);
  if (seconds < HOUR) return counted(Math.round(seconds / MINUTE), 'minute', 'long', locale);
  if (seconds <= DAY) return counted(Math.round(seconds / HOUR), 'hour', 'long', locale);
  return counted(Math.round(seconds / DAY), 'day', 'long', locale);
}

/** A remaining span, coarse on purpose: whole minutes, and below one minute steps of ten seconds. */
export function coarselyInWords(seconds: number, locale: string): string {
  if (seconds >= HOUR) return counted(Math.ceil(seconds / HOUR), 'hour', 'short', locale);
  if (seconds >= MINUTE) return counted(Math.ceil(seconds / MINUTE), 'minute', 'short', locale);
  return counted(Math.max(10, Math.ceil(seconds / 10) * 10), 'second', 'short', locale);
}

/** Whole seconds, briefly: "12 sec". */
export function secondsInWords(seconds: number, locale: string): string {
  return counted(seconds, 'second', 'short', locale);
}

/** How long ago something was: "12 seconds ago", "3 minutes ago". */
export function agoInWords(seconds: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  if (seconds < MINUTE) return words.format(-Math.max(1, Math.round(seconds)), 'second');
  if (seconds < HOUR) return words.format(-Math.round(seconds / MINUTE), 'minute');
  return words.format(-Math.round(seconds / HOUR), 'hour');
}

function counted(count: number, unit: Unit, unitDisplay: 'long' | 'short', locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(count);
}
