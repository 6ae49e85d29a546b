import type { Command } from 'commander';
import type { RoomEvent } from '@bytechat/client';
import { FileKeeper } from '../files/file-keeper.ts';
import { requireFolder } from '../files/save-file.ts';
import type { Io } from '../io.ts';
import { showJson, showLines } from '../output/show.ts';
import { addJoinerOptions, inRoomOf, type JoinerOptions } from '../room/in-room.ts';

interface Options extends JoinerOptions {
  json?: true;
  stay?: true;
  save?: string;
}

/** `tail <link>`: prints what is said. */
export function addTail(program: Command, io: Io): void {
  const command = program
    .command('tail')
    .summary('print what is said in a room')
    .description('Enters a room and prints its messages until Ctrl-C. Sends nothing.')
    .argument('<link>', 'invite link, or @file that holds it')
    .option('--json', 'print one JSON object a line: {type, at, name, text …}')
    .option('--save <folder>', 'save the files that others send')
    .option('--stay', 'stay in however long nothing is said');
  addJoinerOptions(command).action(async (link: string, options: Options) => {
    if (options.save !== undefined) await requireFolder(options.save);
    const keeper = options.save === undefined ? undefined : new FileKeeper(options.save, io);
    const print = options.json ? showJson(io) : showLines(io);
    const show = (event: RoomEvent): void => {
      print(event);
      keeper?.take(event);
    };
    await inRoomOf(link, options, { io, show, keepsAlive: options.stay ?? false }, (stay) => {
      keeper?.begin(stay);
      return stay.untilInterrupted();
    });
  });
}
