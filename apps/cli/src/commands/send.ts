import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { toFailure } from '../error-texts.ts';
import { Failure, usage } from '../failure.ts';
import { readFileToSend } from '../files/read-file.ts';
import type { Io } from '../io.ts';
import { addJoinerOptions, inRoomOf, type JoinerOptions } from '../room/in-room.ts';
import type { Stay } from '../room/stay.ts';

interface Options extends JoinerOptions {
  file?: string[];
}

/** `send <link> [text]`: sends one text, files, or every line of standard input. */
export function addSend(program: Command, io: Io): void {
  const command = program
    .command('send')
    .summary('send a text, files, or the lines of standard input')
    .description(
      'Sends one text, files, or each line of standard input as a message, and ends when the server has acknowledged all.',
    )
    .argument('<link>', 'invite link, or @file that holds it')
    .argument('[text]', 'what to send; lines of standard input otherwise')
    .option('--file <path...>', 'send files as they are, with everything that is in them');
  addJoinerOptions(command).action((link: string, text: string | undefined, options: Options) =>
    send(io, link, text, options),
  );
}

async function send(io: Io, link: string, text: string | undefined, options: Options): Promise<void> {
  if (text?.trim() === '') throw usage('There is nothing to send.');
  const readsLines = text === undefined && options.file === undefined;
  if (readsLines && options.passwordStdin)
    throw usage('Standard input can hold the password or the lines to send, not both.');
  const files = await Promise.all((options.file ?? []).map(readFileToSend));
  await inRoomOf(link, options, { io, keepsAlive: true }, async (stay) => {
    if (stay.others === 0)
      io.stderr.write("Nobody else is in the room: who comes later can't read what you send now.\n");
    if (readsLines) await sendLines(stay, io);
    if (text !== undefined) await stay.say(text);
    for (const file of files) await stay.attach(file);
  });
}

/** Each line is acknowledged before the next one goes. @throws {Failure} that says how far it came. */
async function sendLines(stay: Stay, io: Io): Promise<void> {
  let sent = 0;
  try {
    for await (const line of createInterface({ input: io.stdin, crlfDelay: Infinity, signal: stay.over })) {
      if (line.trim() === '') continue;
      await stay.say(line);
      sent++;
    }
    stay.over.throwIfAborted();
  } catch (error) {
    const { exitCode, message, code } = toFailure(error);
    throw new Failure(exitCode, `${message} Messages sent before: ${sent}.`, code);
  }
}
