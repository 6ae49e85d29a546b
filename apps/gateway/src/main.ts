import 'reflect-metadata';
import { EXIT_CONFIG, readConfig } from '@bytechat/config';

/** EX_USAGE of sysexits.h. */
const EXIT_USAGE = 64;
/** Reads the environment as a start would, says `ok` or one line a problem, and starts nothing. */
const CHECK_CONFIG = '--check-config';

const unknown = process.argv.slice(2).find((argument) => argument !== CHECK_CONFIG);
if (unknown === undefined) await main(process.argv.includes(CHECK_CONFIG));
else {
  console.error(`${CHECK_CONFIG} is the only argument; everything else is set in the environment.`);
  process.exitCode = EXIT_USAGE;
}

async function main(isCheck: boolean): Promise<void> {
  const reading = readConfig(process.env);
  if (!reading.ok) {
    for (const problem of reading.problems) console.error(problem);
    process.exitCode = EXIT_CONFIG;
    return;
  }
  for (const warning of reading.warnings) console.error(warning);
  if (isCheck) {
    console.log('ok');
    return;
  }
  const { run } = await import('./run.ts');
  await run(reading.config);
}
