import type { MetricSpec } from './metric-spec.ts';

/** One line of a chart. */
export interface Query {
  expr: string;
  legend: string;
}

/** What the variables of the dashboard choose. */
const CHOSEN = '{job=~"$job",instance=~"$instance"}';
const RATE = '[$__rate_interval]';
const QUANTILES = [0.5, 0.95, 0.99];

/** How a metric is looked at, by its type: its rate, its value, or its quantiles. */
export function queriesOf(name: string, { type, labels }: MetricSpec): Query[] {
  const [label] = Object.keys(labels);
  switch (type) {
    case 'counter':
      return [
        label === undefined
          ? { expr: `sum(rate(${name}${CHOSEN}${RATE}))`, legend: 'all pods' }
          : { expr: `sum by (${label}) (rate(${name}${CHOSEN}${RATE})) > 0`, legend: `{{${label}}}` },
      ];
    case 'gauge':
      return [{ expr: `${name}${CHOSEN}`, legend: legendOf(labels) }];
    case 'histogram':
      return label === undefined
        ? QUANTILES.map((quantile) => ({
            expr: `histogram_quantile(${quantile}, sum by (le) (rate(${name}_bucket${CHOSEN}${RATE})))`,
            legend: `${quantile * 100} %`,
          }))
        : [
            {
              expr: `histogram_quantile(0.99, sum by (le, ${label}) (rate(${name}_bucket${CHOSEN}${RATE})))`,
              legend: `{{${label}}} 99 %`,
            },
          ];
  }
}

const legendOf = (labels: MetricSpec['labels']): string =>
  ['instance', ...Object.keys(labels)].map((label) => `{{${label}}}`).join(' ');
