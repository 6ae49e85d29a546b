import type { Row } from './measure.ts';

/** What a room of 1,000 may cost, in ms. */
const MEMBERS = 1_000;
const BARS: readonly { what: string; operations: readonly string[]; ms: number }[] = [
  { what: 'a newcomer joins', operations: ['join: newcomer'], ms: 60 },
  { what: 'another member follows', operations: ['join: other member'], ms: 20 },
  {
    what: 'a kick, for who kicks',
    operations: ['kick: committer', 'kick: committer, once it is in'],
    ms: 200,
  },
  { what: 'a message, sealed and opened', operations: ['message: seal', 'message: open'], ms: 0.5 },
];

/** The bars that a run didn't keep; those that it didn't measure count as kept. */
export function missed(rows: readonly Row[]): string[] {
  return BARS.flatMap(({ what, operations, ms }) => {
    const taken = sumOf(rows, operations);
    return taken !== undefined && taken > ms ? [`${what}: ${taken.toFixed(2)} ms instead of ${ms}`] : [];
  });
}

/** A table of all rows, and how the bars were kept. */
export function judged(rows: readonly Row[]): string[] {
  const lines = rows.map(
    ({ members, suite, operation, ms, bytes }) =>
      `${String(members || '').padStart(6)} ${suite} ${operation.padEnd(36)} ${ms.toFixed(2).padStart(9)} ms ${String(bytes || '').padStart(9)} B`,
  );
  const over = missed(rows);
  return [...lines, ...(over.length > 0 ? over.map((line) => `over the bar: ${line}`) : [])];
}

function sumOf(rows: readonly Row[], operations: readonly string[]): number | undefined {
  const own = rows.filter(({ members, operation }) => members === MEMBERS && operations.includes(operation));
  return own.length < operations.length ? undefined : own.reduce((sum, { ms }) => sum + ms, 0);
}
