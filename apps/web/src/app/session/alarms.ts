import type { AlarmCode } from '@bytechat/client';

/** An alarm on screen. `overridden`: the person has chosen to send all the same. */
export interface Alarm {
  readonly code: AlarmCode;
  readonly overridden: boolean;
  /** When it came, in ms. */
  readonly since: number;
}

/** Gravest first. */
const ORDER: readonly AlarmCode[] = ['FORK', 'STALE', 'GAP', 'REPLAY'];
const STOPS_SENDING: ReadonlySet<AlarmCode> = new Set<AlarmCode>(['FORK', 'STALE']);

/** Adds an alarm; one that comes again stops sending again. */
export function withAlarm(alarms: readonly Alarm[], code: AlarmCode, since: number): readonly Alarm[] {
  const others = alarms.filter((alarm) => alarm.code !== code);
  return [...others, { code, overridden: false, since }].sort(
    (one, other) => ORDER.indexOf(one.code) - ORDER.indexOf(other.code),
  );
}

/** The person has read it, or it is over. */
export function withoutAlarm(alarms: readonly Alarm[], code: AlarmCode): readonly Alarm[] {
  return alarms.filter((alarm) => alarm.code !== code);
}

/** Somebody has proved to see what we see: a stale view is fresh again. `lastProofAt` in ms. */
export function withProof(alarms: readonly Alarm[], lastProofAt: number | undefined): readonly Alarm[] {
  return alarms.filter(({ code, since }) => code !== 'STALE' || (lastProofAt ?? 0) <= since);
}

/** The person sends all the same: a fork stays on screen, a stale view is forgiven until it is told again. */
export function overridden(alarms: readonly Alarm[]): readonly Alarm[] {
  return withoutAlarm(alarms, 'STALE').map((alarm) =>
    STOPS_SENDING.has(alarm.code) ? { ...alarm, overridden: true } : alarm,
  );
}

export function stopsSending(alarms: readonly Alarm[]): boolean {
  return alarms.some((alarm) => STOPS_SENDING.has(alarm.code) && !alarm.overridden);
}
