import type { HistoryEvent } from '@bytechat/testing/history';

export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

/** In whole ms; all 0 of nothing. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** From its sending to its acknowledgement, of every acknowledged message, in ms. */
export function sendTimes(events: readonly HistoryEvent[]): number[] {
  const sentAt = new Map<string, number>();
  return events.flatMap((event) => {
    if (event.type === 'send') sentAt.set(event.id, event.tMono);
    return event.type === 'ok' ? [event.tMono - sentAt.get(event.id)!] : [];
  });
}

/** The longest time in which messages were under way and none was acknowledged, in whole ms. */
export function unavailability(events: readonly HistoryEvent[]): number {
  const underWay = new Set<string>();
  let since = 0;
  let longest = 0;
  for (const event of events) {
    if (event.type === 'send') {
      if (underWay.size === 0) since = event.tMono;
      underWay.add(event.id);
    } else if (event.type === 'ok' || event.type === 'fail' || event.type === 'info') {
      if (event.type === 'ok') longest = Math.max(longest, event.tMono - since);
      underWay.delete(event.id);
      since = event.tMono;
    }
  }
  return Math.round(longest);
}
