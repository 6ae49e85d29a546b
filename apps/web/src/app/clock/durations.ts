const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in words: "45 seconds", "5 minutes", "1 hour". Rounded to the largest unit that fits. */
export function inWords(seconds: number): string {
  if (seconds < MINUTE) return counted(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < HOUR) return counted(Math.round(seconds / MINUTE), 'minute');
  if (seconds <= DAY) return counted(Math.round(seconds / HOUR), 'hour');
  return counted(Math.round(seconds / DAY), 'day');
}

/** A remaining span, coarse on purpose: whole minutes, and below one minute steps of ten seconds. */
export function coarselyInWords(seconds: number): string {
  if (seconds >= HOUR) return `${Math.ceil(seconds / HOUR)} h`;
  if (seconds >= MINUTE) return `${Math.ceil(seconds / MINUTE)} min`;
  return `${Math.max(10, Math.ceil(seconds / 10) * 10)} s`;
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
