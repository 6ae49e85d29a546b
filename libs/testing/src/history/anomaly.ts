/** What can be wrong with a history, by the names that Jepsen gives (RELIABILITY §6, invariants I1 to I10 and I13). */
export const ANOMALIES = {
  'lost-write': 'acknowledged, and in no log and no view (I1)',
  duplicate: 'twice in one view or one log (I2, I7)',
  skip: 'missing in a view that has later ones (I1, I3)',
  unobserved: 'never reached a view that was to have it (I1)',
  nonmonotonic: 'out of order: in a view, for its sender, or in real time (I3, I5, I6, I13)',
  phantom: 'seen without having been sent, or after it was said to have failed (I7, I8)',
  'split-offset': 'one place with two messages, or one message in two places (I4, I13)',
  'cross-room': 'seen in another room (I9)',
  late: 'seen after its life (I10)',
} as const;

export type AnomalyKind = keyof typeof ANOMALIES;

export interface Anomaly {
  kind: AnomalyKind;
  room: string;
  /** In whose view; absent when it concerns the room as a whole. */
  process?: string;
  id?: string;
  /** What stands where, in words. */
  detail: string;
}

export function countAnomalies(anomalies: readonly Anomaly[]): Record<AnomalyKind, number> {
  const kinds = Object.keys(ANOMALIES) as AnomalyKind[];
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<AnomalyKind, number>;
  for (const { kind } of anomalies) counts[kind]++;
  return counts;
}
