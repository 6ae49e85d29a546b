import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { Option } from 'commander';
import { usage } from '../failure.ts';
import type { Io } from '../io.ts';

export interface PasswordOptions {
  passwordStdin?: true;
  passwordFile?: string;
  askPassword?: true;
}

/** The ways to give a password. None of them shows it in the list of processes or in a shell's history. */
export function addPasswordOptions(command: Command): Command {
  return command
    .addOption(new Option('--password-stdin', 'read the password from standard input'))
    .addOption(
      new Option('--password-file <file>', 'read the password from a file').conflicts('passwordStdin'),
    )
    .addOption(
      new Option('--ask-password', 'ask for a password').conflicts(['passwordStdin', 'passwordFile']),
    );
}

/** The password that the options name, or undefined. @throws {Failure} usage, Interruption. */
export async function readPassword(options: PasswordOptions, io: Io): Promise<string | undefined> {
  if (options.passwordStdin) return firstLine(await text(io.stdin), 'Standard input');
  if (options.passwordFile !== undefined)
    return firstLine(await contentOf(options.passwordFile), 'The password file');
  return options.askPassword ? askPassword(io) : undefined;
}

/** Asks on the terminal. @throws {Failure} usage where there is none. */
export async function askPassword(io: Io): Promise<string> {
  const password = await io.askHidden('Password: ');
  if (password === undefined)
    throw usage('There is no terminal to ask for the password: use --password-file or --password-stdin.');
  if (password === '') throw usage('The password is empty.');
  return password;
}

function firstLine(content: string, source: string): string {
  const line = /^[^\r\n]*/.exec(content)![0];
  if (line === '') throw usage(`${source} begins with an empty line: there is no password.`);
  return line;
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw usage(`The password file can't be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
  }
}
