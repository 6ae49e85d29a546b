import { parseEnv } from 'node:util';
import { readConfig } from '@bytechat/config';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { AlreadyTold } from '../failure.ts';
import { readText } from '../input/read-text.ts';
import type { Io } from '../io.ts';
import { terminalSafe } from '../output/terminal-safe.ts';

/** `config check`: would a gateway start with this environment? */
export function addConfig(program: Command, io: Io): void {
  program
    .command('config')
    .summary('look at the configuration of a gateway')
    .description('Looks at the configuration of a gateway without starting one.')
    .command('check')
    .summary('tell what is wrong with the environment')
    .description(
      'Reads the variables BYTECHAT_… as a gateway does at its start, and the files that they name. ' +
        'Prints one line for each variable that is wrong, without its value, and ends with 78; else `ok`.',
    )
    .option('--env-file <file>', 'read this file (NAME=value, one a line) in place of the environment')
    .action((options: { envFile?: string }) => check(io, options.envFile));
}

async function check(io: Io, envFile?: string): Promise<void> {
  const reading = readConfig(
    envFile === undefined ? io.environment : parseEnv(await readText('The file', envFile)),
  );
  for (const line of reading.ok ? reading.warnings : reading.problems)
    io.stderr.write(`${terminalSafe(line)}\n`);
  if (!reading.ok) throw new AlreadyTold(EXIT.config);
  io.stdout.write('ok\n');
}
