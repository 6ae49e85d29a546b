/** The fixed values each label may have. Never a room, a person or an address. */
export type Labels = Readonly<Record<string, readonly string[]>>;

export interface MetricSpec {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels: Labels;
  /** Of a histogram, in its own unit. */
  buckets?: readonly number[];
  /** Only a gateway with a Redis has it. */
  redisOnly?: true;
}

interface Spec<T extends MetricSpec['type'], L extends Labels> extends MetricSpec {
  type: T;
  labels: L;
}

export const NO_LABELS = {} as const;

export const counter = <const L extends Labels>(help: string, labels: L): Spec<'counter', L> => ({
  type: 'counter',
  help,
  labels,
});

export const gauge = <const L extends Labels>(help: string, labels: L): Spec<'gauge', L> => ({
  type: 'gauge',
  help,
  labels,
});

export const histogram = <const L extends Labels>(
  help: string,
  buckets: readonly number[],
  labels: L,
): Spec<'histogram', L> => ({ type: 'histogram', help, labels, buckets });

export const redisOnly = <S extends MetricSpec>(spec: S): S => ({ ...spec, redisOnly: true });
