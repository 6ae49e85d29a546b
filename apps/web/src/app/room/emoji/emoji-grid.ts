/** Emoji in a row. */
export const COLUMNS = 8;

/** In rows, as a grid wants them. */
export function rowsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const rows: T[][] = [];
  for (let at = 0; at < items.length; at += COLUMNS) rows.push(items.slice(at, at + COLUMNS));
  return rows;
}

/** Where a key leads from one cell of a grid; undefined for keys that lead nowhere. */
export function nextCell(at: number, key: string, count: number, rightToLeft: boolean): number | undefined {
  const last = count - 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: rightToLeft ? -1 : 1,
    ArrowLeft: rightToLeft ? 1 : -1,
    ArrowDown: COLUMNS,
    ArrowUp: -COLUMNS,
    Home: -(at % COLUMNS),
    End: COLUMNS - 1 - (at % COLUMNS),
    PageDown: 4 * COLUMNS,
    PageUp: -4 * COLUMNS,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return undefined;
  const to = at + step;
  if (key === 'ArrowUp' && to < 0) return undefined;
  return Math.min(Math.max(to, 0), last);
}
