import { Command, CommanderError } from 'commander';
import { addConfig } from './commands/config-check.ts';
import { addCreate } from './commands/create.ts';
import { addJoin } from './commands/join.ts';
import { addManifest } from './commands/manifest.ts';
import { addPeek } from './commands/peek.ts';
import { addProbe } from './commands/probe.ts';
import { addSend } from './commands/send.ts';
import { addTail } from './commands/tail.ts';
import { addVerify } from './commands/verify.ts';
import { toFailure } from './error-texts.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { AlreadyTold, type Failure } from './failure.ts';
import type { Io } from './io.ts';
import { terminalSafe } from './output/terminal-safe.ts';
import { VERSION } from './version.ts';

const COMMANDS = [addCreate, addJoin, addSend, addTail, addPeek, addProbe, addVerify, addManifest, addConfig];

const NOTES = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 69 not available, 77 refused, 78 wrong configuration.
A link opens its room to whoever reads it. Quote it, or write it to a file and give @file.`;

/** Runs one command line and answers with the exit code. All errors have been told by then. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await programFor(io).parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const failure = toFailure(error);
    if (!(failure instanceof AlreadyTold)) io.stderr.write(inWords(failure));
    return failure.exitCode;
  }
}

function programFor(io: Io): Command {
  const program = new Command('bytechat')
    .description('Anonymous, ephemeral, end-to-end encrypted chat rooms, from the command line.')
    .version(VERSION)
    .addHelpText('after', NOTES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(withoutValues(text)),
    });
  for (const add of COMMANDS) add(program, io);
  return program;
}

function inWords({ message, code }: Failure): string {
  return `bytechat: ${terminalSafe(message)}${code === undefined ? '' : ` (${code})`}\n`;
}

/** What follows a mistyped option may be a password or a link: it isn't repeated. */
const withoutValues = (text: string): string => terminalSafe(text.replace(/'(-[^'=]*)=[^']*'/g, "'$1'"));
