import type { Alarm as Told, AlarmCode } from '@bytechat/client';

/** An alarm on screen. `overridden`: the person has chosen to send all the same. */
export type Alarm = Told & { readonly overridden: boolean };

/** Gravest first. */
const ORDER: readonly AlarmCode[] = ['FORK', 'STALE', 'GAP', 'REPLAY'];
const STOPS_SENDING: ReadonlySet<AlarmCode> = new Set<AlarmCode>(['FORK', 'STALE']);

/** Adds an alarm; one that comes again stops sending again. */
export function withAlarm(alarms: readonly Alarm[], told: Told): readonly Alarm[] {
  const others = withoutAlarm(alarms, told.code);
  return [...others, { ...told, overridden: false }].sort(
    (one, other) => ORDER.indexOf(one.code) - ORDER.indexOf(other.code),
  );
}

/** The person has read it, or it is over. */
export function withoutAlarm(alarms: readonly Alarm[], code: AlarmCode): readonly Alarm[] {
  return alarms.filter((alarm) => alarm.code !== code);
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
