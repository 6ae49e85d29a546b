import type { Row } from './measure.ts';

/** How much of what another one needs our servers may need for the same work, by workload. */
interface Bar {
  workload: string;
  ours: string;
  theirs: string;
  most: number;
}

const [OURS, OURS_ON_TWO] = ['bytechat', 'bytechat + redis, 2 pods'];
const THEIRS_ON_TWO = 'socket.io + redis, 2 pods';

export const BARS: readonly Bar[] = [
  { workload: 'A500', ours: OURS, theirs: 'ws', most: 1.15 },
  { workload: 'B', ours: OURS, theirs: 'ws', most: 1.45 },
  { workload: 'Bhi', ours: OURS, theirs: 'ws', most: 1.45 },
  { workload: 'A500', ours: OURS_ON_TWO, theirs: THEIRS_ON_TWO, most: 0.75 },
  { workload: 'B', ours: OURS_ON_TWO, theirs: THEIRS_ON_TWO, most: 0.67 },
  { workload: 'Bhi', ours: OURS_ON_TWO, theirs: THEIRS_ON_TWO, most: 0.76 },
];

export interface Judgement extends Bar {
  ratio: number;
  isMet: boolean;
  text: string;
}

/** The bars of the workloads that were measured, and whether they are met. */
export function judged(rows: readonly Row[]): Judgement[] {
  const cost = (workload: string, variant: string): number | undefined =>
    rows.find((row) => row.workload === workload && row.variant === variant)?.cpuMicros;
  return BARS.flatMap((bar) => {
    const [ours, theirs] = [cost(bar.workload, bar.ours), cost(bar.workload, bar.theirs)];
    if (ours === undefined || theirs === undefined) return [];
    const ratio = ours / theirs;
    const isMet = ratio <= bar.most;
    const text = `${isMet ? 'met   ' : 'missed'} ${bar.workload}: ${bar.ours} / ${bar.theirs} = ${ratio.toFixed(2)} (at most ${bar.most})`;
    return [{ ...bar, ratio, isMet, text }];
  });
}
