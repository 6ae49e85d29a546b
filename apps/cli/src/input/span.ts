import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Reads `90s`, `30m`, `1h` or `1d` as seconds within bounds. For commander's options. */
export function spanBetween(min: number, max: number): (text: string) => number {
  return (text) => {
    const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    const seconds = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
    if (seconds >= min && seconds <= max) return seconds;
    throw new InvalidArgumentError(
      `It is a span such as 90s, 30m, 1h or 1d, from ${inWords(min)} to ${inWords(max)}.`,
    );
  };
}

/** Seconds in the largest unit that divides them: "1 hour", "90 seconds". */
export function inWords(seconds: number): string {
  const [count, unit] = largestUnit(seconds);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function largestUnit(seconds: number): [number, string] {
  if (seconds > 0 && seconds % 86_400 === 0) return [seconds / 86_400, 'day'];
  if (seconds > 0 && seconds % 3_600 === 0) return [seconds / 3_600, 'hour'];
  if (seconds > 0 && seconds % 60 === 0) return [seconds / 60, 'minute'];
  return [seconds, 'second'];
}
