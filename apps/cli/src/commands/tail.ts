import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { showJson, showLines } from '../output/show.ts';
import { addJoinerOptions, inRoomOf, type JoinerOptions } from '../room/in-room.ts';

interface Options extends JoinerOptions {
  json?: true;
  stay?: true;
}

/** `tail <link>`: prints what is said. */
export function addTail(program: Command, io: Io): void {
  const command = program
    .command('tail')
    .summary('print what is said in a room')
    .description('Enters a room and prints its messages until Ctrl-C. Sends nothing.')
    .argument('<link>', 'invite link, or @file that holds it')
    .option('--json', 'print one JSON object a line: {type, at, name, text …}')
    .option('--stay', 'stay in however long nothing is said');
  addJoinerOptions(command).action((link: string, options: Options) => {
    const show = options.json ? showJson(io) : showLines(io);
    const presence = { io, show, keepsAlive: options.stay ?? false };
    return inRoomOf(link, options, presence, (stay) => stay.untilInterrupted());
  });
}
