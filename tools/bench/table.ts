import type { Row } from './measure.ts';

const HEAD = ['Servers', 'µs a delivery', 'Deliveries a CPU second', 'µs a join', 'KB a member', 'Lost'];

/** The rows of one workload, as Markdown. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.variant,
    row.cpuMicros.toFixed(1),
    Math.round(row.deliveriesPerCpuSecond).toLocaleString('en'),
    Math.round(row.cpuMicrosPerJoin).toLocaleString('en'),
    (row.bytesPerMember / 1_000).toFixed(0),
    String(row.lost),
  ]);
  return [HEAD, HEAD.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
