/** What Lighthouse says of the first page on a phone: scores of 100, times in ms. */
export interface LighthouseFigures {
  performance: number;
  accessibility: number;
  bestPractices: number;
  lcpMs: number;
  tbtMs: number;
  cls: number;
}

/** What axe found in one state of the page in one language. */
export interface AxeFinding {
  state: string;
  language: string;
  violations: readonly string[];
}

/** Everything `npm run audit:web` measures. */
export interface AuditReport {
  lighthouse: LighthouseFigures;
  axe: readonly AxeFinding[];
  /** The scripts that the first page waits for, compressed as the gateway serves them. */
  initialJsBrotliBytes: number;
  /** The longest frame while 512 messages are scrolled through, on a processor four times slower than this one. */
  scrollWorstFrameMs: number;
  /** From the first of 100 messages until all of them stand on the screen. */
  burstMs: number;
}
