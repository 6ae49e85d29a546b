/** How something grows: by least squares, in units an hour. */
export function slopePerHour(samples: readonly { atMs: number; value: number }[]): number {
  if (samples.length < 2) return 0;
  const meanAt = mean(samples.map(({ atMs }) => atMs));
  const meanValue = mean(samples.map(({ value }) => value));
  const [above, below] = samples.reduce(
    ([a, b], { atMs, value }) => [a + (atMs - meanAt) * (value - meanValue), b + (atMs - meanAt) ** 2],
    [0, 0],
  );
  return below === 0 ? 0 : (above / below) * 3_600_000;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
