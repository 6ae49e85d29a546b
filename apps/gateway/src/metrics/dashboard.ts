import { METRICS, PROCESS_METRICS, type MetricName } from './metric-list.ts';
import type { MetricSpec } from './metric-spec.ts';
import { queriesOf } from './queries.ts';

type Shown = MetricName | keyof typeof PROCESS_METRICS;

/** Every metric once, in the order in which one asks: is it up, are people served, is anybody in trouble, why. */
const ROWS: readonly { title: string; metrics: readonly Shown[] }[] = [
  { title: 'State', metrics: ['bytechat_redis_up', 'bytechat_draining', 'bytechat_build_info'] },
  {
    title: 'People',
    metrics: [
      'bytechat_connections',
      'bytechat_rooms',
      'bytechat_connections_total',
      'bytechat_disconnects_total',
    ],
  },
  {
    title: 'Messages',
    metrics: [
      'bytechat_messages_published_total',
      'bytechat_messages_delivered_total',
      'bytechat_publish_ack_seconds',
      'bytechat_delivery_seconds',
      'bytechat_duplicates_suppressed_total',
    ],
  },
  {
    title: 'Nothing lost',
    metrics: [
      'bytechat_gaps_detected_total',
      'bytechat_recoveries_total',
      'bytechat_recovered_messages_total',
      'bytechat_epoch_changes_total',
      'bytechat_generation_changes_total',
    ],
  },
  {
    title: 'Refused',
    metrics: [
      'bytechat_rate_limited_total',
      'bytechat_auth_failures_total',
      'bytechat_invalid_frames_total',
      'bytechat_slow_consumers_total',
      'bytechat_socket_queue_packets',
    ],
  },
  {
    title: 'Redis',
    metrics: ['bytechat_redis_command_seconds', 'bytechat_wait_timeouts_total', 'bytechat_bus_dropped_total'],
  },
  {
    title: 'Process',
    metrics: [
      'nodejs_eventloop_lag_p99_seconds',
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'nodejs_heap_size_used_bytes',
      'process_open_fds',
    ],
  },
];

const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
const COLUMNS = 3;
const WIDTH = 24 / COLUMNS;
const HEIGHT = 8;

/** The dashboard, as Grafana imports or provisions it. */
export function dashboard(): object {
  return {
    uid: 'bytechat',
    title: 'ByteChat',
    schemaVersion: 39,
    editable: true,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    templating: { list: [datasourceVariable(), variable('job'), variable('instance', '{job=~"$job"}')] },
    panels: panels(),
  };
}

function panels(): object[] {
  const all: object[] = [];
  let y = 0;
  for (const { title, metrics } of ROWS) {
    all.push({
      id: all.length + 1,
      type: 'row',
      title,
      gridPos: { x: 0, y, w: 24, h: 1 },
      collapsed: false,
      panels: [],
    });
    y += 1;
    for (const [i, name] of metrics.entries()) {
      const gridPos = {
        x: (i % COLUMNS) * WIDTH,
        y: y + Math.floor(i / COLUMNS) * HEIGHT,
        w: WIDTH,
        h: HEIGHT,
      };
      all.push({ id: all.length + 1, gridPos, ...panel(name) });
    }
    y += Math.ceil(metrics.length / COLUMNS) * HEIGHT;
  }
  return all;
}

function panel(name: Shown): object {
  const spec: MetricSpec = { ...METRICS, ...PROCESS_METRICS }[name];
  return {
    type: 'timeseries',
    title: titleOf(name, spec),
    description: spec.help,
    datasource: DATASOURCE,
    fieldConfig: { defaults: { unit: unitOf(name, spec), min: 0 }, overrides: [] },
    options: {
      legend: { displayMode: 'list', placement: 'bottom' },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: queriesOf(name, spec).map(({ expr, legend }, i) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + i),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}

/** `bytechat_messages_published_total` is "Messages published per second". */
function titleOf(name: string, { type }: MetricSpec): string {
  const words = name
    .replace(/^bytechat_/, '')
    .replace(/_total$/, '')
    .replace(/_(seconds|bytes)$/, '')
    .replaceAll('_', ' ');
  const isRate = type === 'counter' && !name.endsWith('_seconds_total');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${isRate ? ' per second' : ''}`;
}

function unitOf(name: string, { type }: MetricSpec): string {
  if (name === 'process_cpu_seconds_total') return 'percentunit';
  if (type === 'counter') return 'cps';
  if (name.endsWith('_seconds')) return 's';
  return name.endsWith('_bytes') ? 'bytes' : 'short';
}

const datasourceVariable = (): object => ({ name: 'datasource', type: 'datasource', query: 'prometheus' });

const variable = (label: string, of = ''): object => ({
  name: label,
  type: 'query',
  datasource: DATASOURCE,
  query: { query: `label_values(bytechat_build_info${of}, ${label})`, refId: label },
  refresh: 2,
  includeAll: true,
  multi: true,
  current: { text: 'All', value: '$__all' },
});
