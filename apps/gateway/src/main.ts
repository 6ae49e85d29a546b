import 'reflect-metadata';
import { readConfig } from './config/read-config.ts';

/** EX_CONFIG of sysexits.h. */
const EXIT_CONFIG = 78;

const reading = readConfig(process.env);
if (reading.ok) {
  for (const warning of reading.warnings) console.error(warning);
  const { run } = await import('./run.ts');
  await run(reading.config);
} else {
  for (const problem of reading.problems) console.error(problem);
  process.exitCode = EXIT_CONFIG;
}
