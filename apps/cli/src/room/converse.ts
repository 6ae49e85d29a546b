import { createInterface } from 'node:readline';
import type { Io } from '../io.ts';
import { toFailure } from '../error-texts.ts';
import type { Stay } from './stay.ts';

/**
 * Stays until the person interrupts. On a terminal each typed line is sent, and the end of the input (Ctrl-D) leaves.
 * @throws {Failure} when the stay ended otherwise.
 */
export async function converse(stay: Stay, io: Io): Promise<void> {
  if (!io.stdin.isTTY) return stay.untilInterrupted();
  const sending: Promise<void>[] = [];
  for await (const line of createInterface({ input: io.stdin, signal: stay.over }))
    if (line.trim() !== '') sending.push(say(stay, io, line));
  await Promise.all(sending);
  stay.requireNoFailure();
}

/** A refused line is no reason to leave. */
async function say(stay: Stay, { stderr }: Io, line: string): Promise<void> {
  try {
    await stay.say(line);
  } catch (error) {
    if (!stay.over.aborted) stderr.write(`Not sent. ${toFailure(error).message}\n`);
  }
}
