import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { showLines } from '../output/show.ts';
import { converse } from '../room/converse.ts';
import { addJoinerOptions, inRoomOf, type JoinerOptions } from '../room/in-room.ts';

interface Options extends JoinerOptions {
  stay?: true;
}

/** `join <link>`: enters a room and talks. */
export function addJoin(program: Command, io: Io): void {
  const command = program
    .command('join')
    .summary('enter a room and talk')
    .description('Enters a room, shows messages and sends typed lines until Ctrl-C.')
    .argument('<link>', 'invite link, or @file that holds it')
    .option('--stay', 'stay in however long nothing is said');
  addJoinerOptions(command).action((link: string, options: Options) => {
    const presence = { io, show: showLines(io), keepsAlive: options.stay ?? false };
    return inRoomOf(link, options, presence, (stay) => converse(stay, io));
  });
}
