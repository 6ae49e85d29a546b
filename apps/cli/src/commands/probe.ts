import { randomUUID } from 'node:crypto';
import { createRoomClient, type RoomClient } from '@bytechat/client';
import { MIN_MESSAGE_TTL_SECONDS } from '@bytechat/protocol';
import { Option, type Command } from 'commander';
import { toFailure } from '../error-texts.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { parseServer } from '../input/address.ts';
import { spanBetween } from '../input/span.ts';
import type { Io } from '../io.ts';
import { jsonLine } from '../output/terminal-safe.ts';
import { Stay } from '../room/stay.ts';

const LONGEST_S = 600;

/** What a member waits for, in milliseconds. */
interface Timings {
  /** From nothing to the first member in a room. */
  createMs: number;
  /** From the link to the second member let in. */
  joinMs: number;
  /** From `send` to the server's acknowledgement. */
  ackMs: number;
  /** From `send` to the text at the other member. */
  deliveryMs: number;
  /** The same, back again. */
  returnMs: number;
}

/** `probe <server>`: a synthetic conversation of two, for cron and smoke tests. */
export function addProbe(program: Command, io: Io): void {
  program
    .command('probe')
    .summary('check that two people can talk')
    .description(
      'Makes a room, lets a second member in, sends a text each way and leaves. Exit code 0 when all arrived in time, else 1.',
    )
    .argument('<server>', 'address of the server, such as https://chat.example')
    .addOption(
      new Option('--timeout <span>', 'how long all of it may take')
        .argParser(spanBetween(1, LONGEST_S))
        .default(20, '20s'),
    )
    .option('--json', 'print one JSON object, also when it fails')
    .action((server: string, options: { timeout: number; json?: true }) =>
      probe(io, parseServer(server), options.timeout, options.json ?? false),
    );
}

async function probe(io: Io, origin: string, timeoutSeconds: number, json: boolean): Promise<void> {
  const late = new Failure(EXIT.failed, `It took longer than ${timeoutSeconds} s.`, 'TIMEOUT');
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(late), timeoutSeconds * 1_000);
  try {
    const timings = await converse(origin, AbortSignal.any([deadline.signal, io.interrupted]));
    io.stdout.write(json ? jsonLine({ ok: true, ...timings }) : table(timings));
  } catch (error) {
    const { message, code } = toFailure(error);
    if (json) io.stdout.write(jsonLine({ ok: false, code, message }));
    throw new Failure(EXIT.failed, message, code);
  } finally {
    clearTimeout(timer);
  }
}

async function converse(origin: string, until: AbortSignal): Promise<Timings> {
  const [host, guest] = [memberOf(origin, until), memberOf(origin, until)];
  try {
    const started = performance.now();
    const wishes = { ttlSeconds: MIN_MESSAGE_TTL_SECONDS };
    const { code } = await host.stay.enter((client) => client.create(wishes));
    const createMs = msSince(started);
    const invited = performance.now();
    await guest.stay.enter((client) => client.join({ code }));
    const joinMs = msSince(invited);
    const there = await sayTo(host, guest);
    const back = await sayTo(guest, host);
    return { createMs, joinMs, ...there, returnMs: back.deliveryMs };
  } finally {
    await Promise.all([host.stay.leave(), guest.stay.leave()]);
  }
}

interface Prober {
  client: RoomClient;
  stay: Stay;
}

function memberOf(origin: string, until: AbortSignal): Prober {
  const client = createRoomClient({ endpoint: { url: origin } });
  return { client, stay: new Stay(client, until, false) };
}

/** One text from one member to the other. */
async function sayTo(speaker: Prober, listener: Prober): Promise<{ ackMs: number; deliveryMs: number }> {
  const text = `probe ${randomUUID()}`;
  const started = performance.now();
  const [ackMs, deliveryMs] = await Promise.all([
    speaker.stay.say(text).then(() => msSince(started)),
    heard(listener, text).then(() => msSince(started)),
  ]);
  return { ackMs, deliveryMs };
}

function heard({ client, stay }: Prober, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe((event) => {
      if (event.type === 'message' && event.message.text === text) resolve();
    });
    stay.over.addEventListener('abort', () => reject(stay.over.reason as Failure));
  });
}

const msSince = (started: number): number => Math.round((performance.now() - started) * 10) / 10;

function table(timings: Timings): string {
  const rows = Object.entries(timings) as [string, number][];
  return rows.map(([name, ms]) => `${name.replace(/Ms$/, '').padEnd(10)}${ms} ms\n`).join('');
}
