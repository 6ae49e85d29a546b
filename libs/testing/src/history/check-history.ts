import type { Anomaly } from './anomaly.ts';
import { checkLosses } from './check-losses.ts';
import { checkMessages, type MessageRules } from './check-messages.ts';
import { checkOrder, checkPlaces } from './check-places.ts';
import { checkViews } from './check-views.ts';
import type { HistoryEvent } from './event.ts';
import { KnownLog } from './known-log.ts';
import { Lineage } from './lineage.ts';
import { messagesOf } from './messages.ts';
import { viewsOf } from './views.ts';

/**
 * Every anomaly of a history, for invariants I1 to I10 and I13 of RELIABILITY §6. Pure; O(n log n) in the number of
 * sights. The history must have ended quietly: what is still under way counts as missing.
 */
export function checkHistory(history: readonly HistoryEvent[], rules: MessageRules = {}): Anomaly[] {
  const lineage = new Lineage(history);
  const events = lineage.atOrigins(history);
  const messages = messagesOf(events);
  const views = viewsOf(events);
  return [
    ...checkMessages(events, messages, rules),
    ...checkPlaces(events),
    ...checkOrder(messages.values()),
    ...checkViews(views, lineage),
    ...checkLosses(new KnownLog(events, messages, lineage), messages, views),
  ];
}
