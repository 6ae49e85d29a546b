import type { AnomalyKind } from '@bytechat/testing/history';
import type { Spread } from './figures.ts';

/** What came of one fault. */
export interface FaultReport {
  id: string;
  title: string;
  seed: number;
  acked: number;
  /** Sights of messages in people's views. */
  delivered: number;
  injected: number;
  anomalies: Record<AnomalyKind, number>;
  unavailabilityMs: number;
  reconnectMs: Spread;
  sendMs: Spread;
  /** Sends that did not end acknowledged, by the error that was shown. */
  unsent: Record<string, number>;
  /** System lines and alarms that people saw, by kind. */
  told: Record<string, number>;
  /** Rooms that ended for people, by reason. */
  ended: Record<string, number>;
  /** Times that somebody had to come back as a new member. */
  restarts: number;
  pass: boolean;
  /** Why it did not pass; and the first few anomalies in words. */
  failures: string[];
}

export const COLUMNS =
  'fault  injected  acked  delivered  anomalies  unavailable  reconnect p50/p95/max ms  send p95  result';

/** One line a fault, under `COLUMNS`. */
export function rowOf(report: FaultReport): string {
  const { p50, p95, max } = report.reconnectMs;
  const anomalies = Object.entries(report.anomalies).filter(([, count]) => count > 0);
  return [
    report.id.padEnd(5),
    String(report.injected).padStart(8),
    String(report.acked).padStart(5),
    String(report.delivered).padStart(9),
    (anomalies.map(([kind, count]) => `${kind} ${count}`).join(', ') || '0').padStart(9),
    `${report.unavailabilityMs} ms`.padStart(11),
    `${p50}/${p95}/${max}`.padStart(24),
    `${report.sendMs.p95} ms`.padStart(8),
    report.pass ? 'pass' : 'FAIL',
  ].join('  ');
}
