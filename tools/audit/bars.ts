import type { AuditReport } from './report.ts';

/** One figure that must not be missed. */
export interface Bar {
  name: string;
  read: (report: AuditReport) => number;
  limit: number;
  /** Whether more is better, or less. */
  wanted: 'at least' | 'at most';
  unit: string;
}

/** A bar and how a report stands to it. */
export interface Verdict {
  bar: Bar;
  value: number;
  met: boolean;
}

export const INITIAL_JS_LIMIT_BYTES = 180_000;

/** What a client on a cheap phone must reach. */
export const BARS: readonly Bar[] = [
  least('Lighthouse: performance', 90, ({ lighthouse }) => lighthouse.performance),
  least('Lighthouse: accessibility', 100, ({ lighthouse }) => lighthouse.accessibility),
  least('Lighthouse: best practices', 95, ({ lighthouse }) => lighthouse.bestPractices),
  most('largest contentful paint', 2_500, 'ms', ({ lighthouse }) => lighthouse.lcpMs),
  most('total blocking time', 200, 'ms', ({ lighthouse }) => lighthouse.tbtMs),
  most('cumulative layout shift', 0.1, '', ({ lighthouse }) => lighthouse.cls),
  most('axe violations', 0, '', ({ axe }) => axe.reduce((sum, { violations }) => sum + violations.length, 0)),
  most(
    'first scripts, brotli',
    INITIAL_JS_LIMIT_BYTES,
    'B',
    ({ initialJsBrotliBytes }) => initialJsBrotliBytes,
  ),
  most('longest frame while scrolling', 50, 'ms', ({ scrollWorstFrameMs }) => scrollWorstFrameMs),
  most('burst of 100 messages', 500, 'ms', ({ burstMs }) => burstMs),
];

export function judge(report: AuditReport): readonly Verdict[] {
  return BARS.map((bar) => {
    const value = bar.read(report);
    return { bar, value, met: bar.wanted === 'at least' ? value >= bar.limit : value <= bar.limit };
  });
}

/** One line for a person. */
export function lineFor({ bar, value, met }: Verdict): string {
  const unit = bar.unit && ` ${bar.unit}`;
  const figure = Number(value.toFixed(value < 1 ? 3 : 0));
  return `${met ? 'ok  ' : 'MISS'}  ${bar.name}: ${figure}${unit} (${bar.wanted} ${bar.limit}${unit})`;
}

function least(name: string, limit: number, read: Bar['read']): Bar {
  return { name, limit, read, wanted: 'at least', unit: '' };
}

function most(name: string, limit: number, unit: string, read: Bar['read']): Bar {
  return { name, limit, read, wanted: 'at most', unit };
}
