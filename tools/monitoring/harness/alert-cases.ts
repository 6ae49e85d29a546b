/** Series over minutes, in promtool's short form: `0+3x20` is 0, 3, 6 … 60. */
export type Series = Readonly<Record<string, string>>;

/** When an alert is to fire, and what looks alike and is to be left alone. */
export interface AlertCase {
  fires: Series;
  quiet: Series;
  /** Minutes after which it is looked at. */
  after: number;
  /** Labels of the alert besides its severity. */
  labels: Readonly<Record<string, string>>;
}

const POD = { job: 'bytechat', instance: 'a' };
const JOB = { job: 'bytechat' };

/** `name{more,job="bytechat",instance="a"}`. */
const of = (name: string, more = '', instance = 'a'): string =>
  `${name}{${more === '' ? '' : `${more},`}job="bytechat",instance="${instance}"}`;

/** A counter of which `part` a minute have one value of a label, and `rest` another one. */
const share = (
  name: string,
  label: string,
  [part, other]: [string, string],
  [one, rest]: [number, number],
) => ({
  [of(name, `${label}="${part}"`)]: `0+${one}x40`,
  [of(name, `${label}="${other}"`)]: `0+${rest}x40`,
});

/** A histogram of a hundred observations a minute, `late` of which are beyond the bound. */
const histogram = (name: string, bound: string, late: number, more = ''): Series => {
  const bucket = (le: string): string => of(`${name}_bucket`, `${more}le="${le}"`);
  return {
    [bucket(bound)]: `0+${100 - late}x40`,
    [bucket('2.5')]: '0+100x40',
    [bucket('+Inf')]: '0+100x40',
  };
};

export const ALERT_CASES: Readonly<Record<string, AlertCase>> = {
  ByteChatAbsent: {
    fires: { 'up{job="bytechat"}': '0x10' },
    quiet: { [of('bytechat_build_info')]: '1x10' },
    after: 5,
    labels: {},
  },
  ByteChatRedisDown: {
    fires: { [of('bytechat_redis_up')]: '1 0x10' },
    quiet: { [of('bytechat_redis_up')]: '1 1 1 0 1x10' },
    after: 4,
    labels: POD,
  },
  ByteChatHistoryLost: {
    fires: share('bytechat_recoveries_total', 'recovered', ['false', 'true'], [2, 98]),
    quiet: share('bytechat_recoveries_total', 'recovered', ['false', 'true'], [1, 199]),
    after: 20,
    labels: JOB,
  },
  ByteChatBusy: {
    fires: share('bytechat_messages_published_total', 'result', ['ERR_BUSY', 'stored'], [2, 98]),
    quiet: share('bytechat_messages_published_total', 'result', ['ERR_RATE', 'stored'], [50, 50]),
    after: 20,
    labels: JOB,
  },
  ByteChatSlowAcknowledgements: {
    fires: histogram('bytechat_publish_ack_seconds', '0.25', 5),
    quiet: histogram('bytechat_publish_ack_seconds', '0.25', 0),
    after: 25,
    labels: JOB,
  },
  ByteChatSlowRedis: {
    fires: histogram('bytechat_redis_command_seconds', '0.1', 5, 'script="append",'),
    quiet: histogram('bytechat_redis_command_seconds', '0.1', 0, 'script="append",'),
    after: 25,
    labels: { ...JOB, script: 'append' },
  },
  ByteChatEventLoopLag: {
    fires: { [of('nodejs_eventloop_lag_p99_seconds')]: '0.2x20', [of('bytechat_build_info')]: '1x20' },
    quiet: {
      [of('nodejs_eventloop_lag_p99_seconds')]: '0.2x20',
      [of('bytechat_build_info', '', 'b')]: '1x20',
    },
    after: 10,
    labels: POD,
  },
  ByteChatSlowConsumers: {
    fires: { [of('bytechat_slow_consumers_total')]: '0+12x40' },
    quiet: { [of('bytechat_slow_consumers_total')]: '0+3x40' },
    after: 25,
    labels: JOB,
  },
  ByteChatLostNetworks: {
    fires: share('bytechat_disconnects_total', 'code', ['PING_TIMEOUT', 'CLIENT'], [40, 60]),
    quiet: share('bytechat_disconnects_total', 'code', ['PING_TIMEOUT', 'CLIENT'], [20, 80]),
    after: 25,
    labels: JOB,
  },
  ByteChatGuessing: {
    fires: { [of('bytechat_auth_failures_total', 'reason="gate"')]: '0+90x40' },
    quiet: { [of('bytechat_auth_failures_total', 'reason="resume"')]: '0+90x40' },
    after: 25,
    labels: JOB,
  },
  ByteChatForeignOrigins: {
    fires: { [of('bytechat_auth_failures_total', 'reason="origin"')]: '0+12x40' },
    quiet: { [of('bytechat_auth_failures_total', 'reason="origin"')]: '0+3x40' },
    after: 25,
    labels: JOB,
  },
  ByteChatLimitsHit: {
    fires: { [of('bytechat_rate_limited_total', 'limiter="handshake"')]: '0+60x40' },
    quiet: { [of('bytechat_rate_limited_total', 'limiter="messages"')]: '0+60x40' },
    after: 30,
    labels: { ...JOB, limiter: 'handshake' },
  },
  ByteChatGaps: {
    fires: {
      [of('bytechat_gaps_detected_total')]: '0+2x40',
      [of('bytechat_messages_delivered_total')]: '0+100x40',
    },
    quiet: {
      [of('bytechat_gaps_detected_total')]: '0+2x40',
      [of('bytechat_messages_delivered_total')]: '0+300x40',
    },
    after: 30,
    labels: JOB,
  },
  ByteChatReplicasLate: {
    fires: { [of('bytechat_wait_timeouts_total')]: '0+1x40' },
    quiet: { [of('bytechat_wait_timeouts_total')]: '7x40' },
    after: 15,
    labels: POD,
  },
  ByteChatHintsDropped: {
    fires: { [of('bytechat_bus_dropped_total')]: '0+1x40' },
    quiet: { [of('bytechat_bus_dropped_total')]: '7x40' },
    after: 15,
    labels: POD,
  },
  ByteChatStuckDraining: {
    fires: { [of('bytechat_draining')]: '1x40' },
    quiet: { [of('bytechat_draining')]: '1x10 0x20' },
    after: 20,
    labels: POD,
  },
  ByteChatMixedVersions: {
    fires: {
      [of('bytechat_build_info', 'version="1",commit="x"')]: '1x90',
      [of('bytechat_build_info', 'version="2",commit="y"', 'b')]: '1x90',
    },
    quiet: {
      [of('bytechat_build_info', 'version="1",commit="x"')]: '1x90',
      [of('bytechat_build_info', 'version="1",commit="x"', 'b')]: '1x90',
    },
    after: 75,
    labels: JOB,
  },
};
