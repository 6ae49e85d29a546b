import type { CreateOptions } from '@bytechat/client';
import { MAX_MESSAGE_TTL_SECONDS, MIN_MESSAGE_TTL_SECONDS } from '@bytechat/protocol';
import { Option, type Command } from 'commander';
import { linkTo, parseServer } from '../input/address.ts';
import { readPassword } from '../input/password.ts';
import { spanBetween } from '../input/span.ts';
import type { Io } from '../io.ts';
import { qrFor } from '../output/qr.ts';
import { showLines } from '../output/show.ts';
import { converse } from '../room/converse.ts';
import { addJoinerOptions, inRoom, type JoinerOptions } from '../room/in-room.ts';

interface Options extends JoinerOptions {
  ttl?: number;
  suite: '1' | '2';
  qr?: true;
  stay?: true;
}

/** `create <server>`: makes a room, prints its link, and stays in. */
export function addCreate(program: Command, io: Io): void {
  const command = program
    .command('create')
    .summary('make a room and stay in it')
    .description('Makes a room, prints its invite link, shows messages and sends typed lines until Ctrl-C.')
    .argument('<server>', 'address of the server, such as https://chat.example')
    .addOption(
      new Option('--ttl <span>', 'life of messages: 60s to 1d (default: 1h)').argParser(
        spanBetween(MIN_MESSAGE_TTL_SECONDS, MAX_MESSAGE_TTL_SECONDS),
      ),
    )
    .addOption(new Option('--suite <number>', 'encryption suite').choices(['1', '2']).default('2'))
    .option('--qr', 'show the link as a QR code too, on a terminal')
    .option('--stay', 'stay in however long nothing is said');
  addJoinerOptions(command).action((server: string, options: Options) => create(io, server, options));
}

async function create(io: Io, server: string, options: Options): Promise<void> {
  const origin = parseServer(server);
  const wishes = wishesOf(options, await readPassword(options, io));
  const presence = { io, origin, show: showLines(io), keepsAlive: options.stay ?? false };
  await inRoom(
    presence,
    (client) => client.create(wishes),
    async (stay, { code }) => {
      const link = linkTo({ origin, code });
      io.stdout.write(`${link}\n${options.qr ? qrFor(link, io) : ''}`);
      await converse(stay, io);
    },
  );
}

function wishesOf({ name, ttl, suite }: Options, password: string | undefined): CreateOptions {
  return {
    suite: suite === '1' ? 1 : 2,
    ...(name === undefined ? {} : { name }),
    ...(ttl === undefined ? {} : { ttlSeconds: ttl }),
    ...(password === undefined ? {} : { password }),
  };
}
