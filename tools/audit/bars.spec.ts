import { describe, expect, it } from '@jest/globals';
import { BARS, judge, lineFor } from './bars.ts';
import type { AuditReport } from './report.ts';

const atTheBar: AuditReport = {
  lighthouse: { performance: 90, accessibility: 100, bestPractices: 95, lcpMs: 2_500, tbtMs: 200, cls: 0.1 },
  axe: [{ state: 'landing', language: 'en', violations: [] }],
  initialJsBrotliBytes: 180_000,
  scrollWorstFrameMs: 50,
  burstMs: 500,
};

const missedBy = (change: Partial<AuditReport>): string[] =>
  judge({ ...atTheBar, ...change })
    .filter(({ met }) => !met)
    .map(({ bar }) => bar.name);

describe('the bars of the audit', () => {
  it('are met by what lies on them', () => {
    expect(judge(atTheBar)).toHaveLength(BARS.length);
    expect(missedBy({})).toEqual([]);
  });

  it('are missed one by one', () => {
    const { lighthouse } = atTheBar;
    expect(missedBy({ lighthouse: { ...lighthouse, performance: 89 } })).toEqual(['Lighthouse: performance']);
    expect(missedBy({ lighthouse: { ...lighthouse, cls: 0.11 } })).toEqual(['cumulative layout shift']);
    expect(missedBy({ axe: [{ state: 'lobby', language: 'ar', violations: ['label: input'] }] })).toEqual([
      'axe violations',
    ]);
    expect(missedBy({ initialJsBrotliBytes: 180_001 })).toEqual(['first scripts, brotli']);
    expect(missedBy({ scrollWorstFrameMs: 50.1 })).toEqual(['longest frame while scrolling']);
    expect(missedBy({ burstMs: 501 })).toEqual(['burst of 100 messages']);
  });

  it('are told in a line that says what was wanted', () => {
    const [performance] = judge({ ...atTheBar, lighthouse: { ...atTheBar.lighthouse, performance: 12 } });
    expect(lineFor(performance!)).toBe('MISS  Lighthouse: performance: 12 (at least 90)');
  });
});
