/** One rule for Prometheus. What to do about it stands in docs/OPERATIONS.md under its name. */
export interface Alert {
  name: string;
  /** Holds for this long before somebody is told. */
  for: string;
  severity: 'critical' | 'warning' | 'info';
  expr: string;
  summary: string;
}

const share = (part: string, whole: string): string =>
  `sum by (job) (rate(${part}[10m])) / sum by (job) (rate(${whole}[10m]))`;

const p99 = (histogram: string, by: string): string =>
  `histogram_quantile(0.99, sum by (${by}, le) (rate(${histogram}_bucket[5m])))`;

export const ALERTS: readonly Alert[] = [
  {
    name: 'ByteChatAbsent',
    for: '2m',
    severity: 'critical',
    expr: 'absent(bytechat_build_info)',
    summary: 'No gateway can be scraped.',
  },
  {
    name: 'ByteChatRedisDown',
    for: '1m',
    severity: 'critical',
    expr: 'bytechat_redis_up == 0',
    summary: 'Redis does not answer this pod. Sockets stay, nothing can be sent.',
  },
  {
    name: 'ByteChatHistoryLost',
    for: '5m',
    severity: 'critical',
    expr: `${share('bytechat_recoveries_total{recovered="false"}', 'bytechat_recoveries_total')} > 0.01`,
    summary: 'More than 1 % of the clients that catch up find that the log has a hole or is gone.',
  },
  {
    name: 'ByteChatBusy',
    for: '5m',
    severity: 'warning',
    expr: `${share('bytechat_messages_published_total{result="ERR_BUSY"}', 'bytechat_messages_published_total')} > 0.01`,
    summary: 'More than 1 % of the messages are refused because the store does not answer.',
  },
  {
    name: 'ByteChatSlowAcknowledgements',
    for: '10m',
    severity: 'warning',
    expr: `${p99('bytechat_publish_ack_seconds', 'job')} > 0.25`,
    summary: 'One message in a hundred waits more than 250 ms for its acknowledgement.',
  },
  {
    name: 'ByteChatSlowRedis',
    for: '10m',
    severity: 'warning',
    expr: `${p99('bytechat_redis_command_seconds', 'job, script')} > 0.1`,
    summary: 'A verb of the room store takes more than 100 ms, one time in a hundred.',
  },
  {
    name: 'ByteChatEventLoopLag',
    for: '5m',
    severity: 'warning',
    expr: 'nodejs_eventloop_lag_p99_seconds and on (instance, job) bytechat_build_info > 0.1',
    summary: 'The event loop of this pod is late by more than 100 ms.',
  },
  {
    name: 'ByteChatSlowConsumers',
    for: '10m',
    severity: 'warning',
    expr: 'sum by (job) (rate(bytechat_slow_consumers_total[10m])) > 0.1',
    summary: 'More than six connections a minute are cut because they do not read.',
  },
  {
    name: 'ByteChatLostNetworks',
    for: '10m',
    severity: 'warning',
    expr: `${share('bytechat_disconnects_total{code="PING_TIMEOUT"}', 'bytechat_disconnects_total')} > 0.3`,
    summary: 'Nearly a third of the connections end without a word: a proxy or a network drops them.',
  },
  {
    name: 'ByteChatGuessing',
    for: '10m',
    severity: 'warning',
    expr: 'sum by (job) (rate(bytechat_auth_failures_total{reason=~"gate|locked"}[10m])) > 1',
    summary: 'Somebody tries links or passwords.',
  },
  {
    name: 'ByteChatForeignOrigins',
    for: '10m',
    severity: 'info',
    expr: 'sum by (job) (rate(bytechat_auth_failures_total{reason="origin"}[10m])) > 0.1',
    summary: 'Pages of an origin that is not allowed try to connect.',
  },
  {
    name: 'ByteChatLimitsHit',
    for: '15m',
    severity: 'info',
    expr: 'sum by (job, limiter) (rate(bytechat_rate_limited_total{limiter=~"handshake|connections|join"}[10m])) > 0.5',
    summary: 'An allowance of addresses refuses people all the time.',
  },
  {
    name: 'ByteChatGaps',
    for: '10m',
    severity: 'warning',
    expr: `${share('bytechat_gaps_detected_total', 'bytechat_messages_delivered_total')} > 0.01`,
    summary:
      'More than one delivery in a hundred is missed first and fetched later: hints between pods get lost.',
  },
  {
    name: 'ByteChatReplicasLate',
    for: '5m',
    severity: 'warning',
    expr: 'rate(bytechat_wait_timeouts_total[5m]) > 0',
    summary: 'Replicas do not confirm in time. Messages stay in sending until one does.',
  },
  {
    name: 'ByteChatHintsDropped',
    for: '5m',
    severity: 'warning',
    expr: 'rate(bytechat_bus_dropped_total[5m]) > 0',
    summary: 'Hints to other pods are dropped. Messages arrive late, when clients look for themselves.',
  },
  {
    name: 'ByteChatStuckDraining',
    for: '15m',
    severity: 'warning',
    expr: 'bytechat_draining == 1',
    summary: 'A pod that was told to end is still there.',
  },
  {
    name: 'ByteChatMixedVersions',
    for: '1h',
    severity: 'info',
    expr: 'count by (job) (count by (job, version, commit) (bytechat_build_info)) > 1',
    summary: 'A roll-out did not finish: pods run different builds.',
  },
];

/** The file of rules, as Prometheus loads it. */
export function alertRules(): string {
  const rules = ALERTS.map(({ name, expr, severity, summary, for: lasting }) =>
    [
      `      - alert: ${name}`,
      `        expr: ${quoted(expr)}`,
      `        for: ${lasting}`,
      '        labels:',
      `          severity: ${severity}`,
      '        annotations:',
      `          summary: ${quoted(summary)}`,
    ].join('\n'),
  );
  return [
    '# Written by apps/gateway/src/metrics/print-alerts.ts from the list of metrics.',
    'groups:',
    '  - name: bytechat',
    '    rules:',
    ...rules,
    '',
  ].join('\n');
}

/** A string of YAML. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
