import { createRoomClient, type RoomPeek } from '@bytechat/client';
import type { Command } from 'commander';
import { failureOf } from '../error-texts.ts';
import { readLink } from '../input/address.ts';
import { inWords } from '../input/span.ts';
import { unlessInterrupted, type Io } from '../io.ts';
import { jsonLine } from '../output/terminal-safe.ts';

/** `peek <link>`: what can be known of a room from outside. */
export function addPeek(program: Command, io: Io): void {
  program
    .command('peek')
    .summary('look at a room from outside')
    .description('Tells what the server knows of a room, without entering it.')
    .argument('<link>', 'invite link, or @file that holds it')
    .option('--json', 'print one JSON object')
    .action((link: string, options: { json?: true }) => peek(io, link, options.json ?? false));
}

async function peek(io: Io, link: string, json: boolean): Promise<void> {
  const { origin, code } = await readLink(link);
  const client = createRoomClient({ endpoint: { url: origin } });
  const room = await unlessInterrupted(io, client.peek(code));
  if (json) io.stdout.write(jsonLine(room));
  if (!room.exists) throw failureOf('ERR_ROOM_NOT_FOUND');
  if (!json) io.stdout.write(`${describe(room)}\n`);
}

function describe({ members, capacity, password, ttlSeconds, expiresInMs }: RoomPeek): string {
  return [
    `People inside:         ${members} of at most ${capacity}`,
    `Password:              ${password ? 'yes' : 'no'}`,
    `Messages vanish after: ${inWords(ttlSeconds)}`,
    ...(members === 0 ? [`The empty room ends in ${Math.ceil(expiresInMs / 60_000)} min.`] : []),
  ].join('\n');
}
