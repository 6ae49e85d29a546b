import { build, buildPreview } from './build.mjs';
import { ensureTestPrograms } from './packages.mjs';
import { setUp } from './set-up.mjs';
import { runInSequence, runSideBySide, systemSuites, unitSuites } from './suites.mjs';
import { exitCodeOf, summaryLines } from './summary.mjs';

/** `npm test`: sets everything up, builds, runs every suite, and prints the sum as the very last line. */
export async function main() {
  await setUp();
  await ensureTestPrograms();
  await build();
  await buildPreview();
  const counts = [...(await runSideBySide(unitSuites())), ...(await runInSequence(systemSuites()))];
  for (const line of summaryLines(counts)) console.log(line);
  return exitCodeOf(counts);
}
