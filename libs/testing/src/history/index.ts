export { ANOMALIES, countAnomalies, type Anomaly, type AnomalyKind } from './anomaly.ts';
export { checkHistory } from './check-history.ts';
export { LOG_READER, readHistory, toLine, type EventOf, type HistoryEvent, type Place } from './event.ts';
export { MUTATIONS, mutate, type Mutation } from './mutations.ts';
export { validHistory } from './valid-history.ts';
