import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';

const isHere = ['prometheus', 'promtool'].every(
  (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0,
);
if (!isHere)
  process.stderr.write('Stories with Prometheus are skipped: prometheus and promtool are not installed.\n');

/** `describe` where there is a Prometheus, else a skipped one. */
export const withPrometheus = isHere ? describe : describe.skip;
