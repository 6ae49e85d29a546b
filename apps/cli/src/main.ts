import { processIo } from './io.ts';
import { run } from './program.ts';

const io = processIo();
const exitCode = await run(process.argv.slice(2), io);
// What was written goes out first; an input that is still open would keep the process.
process.stdout.write('', () => process.exit(exitCode));
