import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricName } from './metric-list.ts';
import type { MetricSpec } from './metric-spec.ts';

type NameOf<T extends MetricSpec['type']> = {
  [N in MetricName]: (typeof METRICS)[N]['type'] extends T ? N : never;
}[MetricName];

/** Exactly the labels of a metric, each with one of its values. */
export type LabelsOf<N extends MetricName> = {
  [L in keyof (typeof METRICS)[N]['labels']]: (typeof METRICS)[N]['labels'][L] extends readonly (infer V)[]
    ? V
    : never;
};

/** The gateway's measurements, in the exposition format of Prometheus. Every series exists from the start, at zero. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<MetricName, Counter>();
  readonly #gauges = new Map<MetricName, Gauge>();
  readonly #histograms = new Map<MetricName, Histogram>();

  constructor({ hasRedis }: { hasRedis: boolean }) {
    for (const [name, spec] of Object.entries(METRICS) as [MetricName, MetricSpec][]) {
      if (spec.redisOnly !== true || hasRedis) this.#register(name, spec);
    }
    this.#gauges.get('bytechat_build_info')?.set(firstLabels(METRICS.bytechat_build_info), 1);
  }

  count<N extends NameOf<'counter'>>(name: N, labels: LabelsOf<N>, by = 1): void {
    this.#counters.get(name)?.inc(labels as Record<string, string>, by);
  }

  observe<N extends NameOf<'histogram'>>(name: N, labels: LabelsOf<N>, value: number): void {
    this.#histograms.get(name)?.observe(labels as Record<string, string>, value);
  }

  set(name: NameOf<'gauge'>, value: number): void {
    this.#gauges.get(name)?.set(value);
  }

  /** Has a gauge read at each scrape. */
  readAtScrape(name: NameOf<'gauge'>, read: () => number): void {
    const { help } = METRICS[name];
    this.#registry.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** What a scrape gets. */
  async text(): Promise<string> {
    const [own, ofProcess] = await Promise.all([this.#registry.metrics(), processMetrics().metrics()]);
    return `${own}\n${ofProcess}`;
  }

  #register(name: MetricName, spec: MetricSpec): void {
    const { type, help, labels } = spec;
    const options = { name, help, labelNames: Object.keys(labels), registers: [this.#registry] };
    if (type === 'counter') this.#counters.set(name, startAtZero(new Counter(options), spec));
    else if (type === 'gauge') this.#gauges.set(name, new Gauge(options));
    else
      this.#histograms.set(
        name,
        zeroed(new Histogram({ ...options, buckets: [...(spec.buckets ?? [])] }), spec),
      );
  }
}

function startAtZero(counter: Counter, spec: MetricSpec): Counter {
  for (const labels of everyLabel(spec)) counter.inc(labels, 0);
  return counter;
}

function zeroed(histogram: Histogram, spec: MetricSpec): Histogram {
  for (const labels of everyLabel(spec)) histogram.zero(labels);
  return histogram;
}

/** One set of labels for each value; no counter or histogram has more than one label. */
const everyLabel = ({ labels }: MetricSpec): Record<string, string>[] =>
  Object.entries(labels).flatMap(([label, values]) => values.map((value) => ({ [label]: value })));

const firstLabels = ({ labels }: MetricSpec): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([label, values]) => [label, values[0] ?? '']));

let ofProcess: Registry | undefined;

/** There is one process, however many gateways a test runs in it. */
function processMetrics(): Registry {
  if (ofProcess === undefined) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}
