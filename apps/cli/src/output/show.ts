import { styleText } from 'node:util';
import type { ChatMessage, RoomEvent } from '@bytechat/client';
import type { Io } from '../io.ts';
import { systemText } from './system-text.ts';
import { jsonLine, terminalSafe } from './terminal-safe.ts';

export type Show = (event: RoomEvent) => void;

const ALARMS: Readonly<Record<string, string>> = {
  FORK: 'The server shows people in this room different conversations. Sending has stopped: agree on a new room over another channel.',
  GAP: 'Messages are missing: something that was sent here did not arrive.',
};

/** For people: messages of others on standard output, everything else on standard error. */
export function showLines(io: Io): Show {
  const aside = (text: string): unknown =>
    io.stderr.write(`${styleText('dim', text, { stream: io.stderr })}\n`);
  let wasLost = false;
  return (event) => {
    if (event.type === 'message') showMessage(io, event.message);
    else if (event.type === 'system') {
      const text = systemText(event.line);
      if (text !== undefined) aside(text);
    } else if (event.type === 'alarm') showAlarm(io, event.code);
    else if (event.type === 'notice' && event.code === 'EXPIRING')
      aside('The session ends in a minute unless you say something.');
    else if (event.type === 'connection') {
      const { state } = event.connection;
      if (state === 'waiting' && !wasLost) aside('The connection is lost; trying again …');
      if (state === 'online' && wasLost) aside('Connected again.');
      if (state === 'waiting' || state === 'online') wasLost = state === 'waiting';
    }
  };
}

/** For programs: one object a line on standard output. */
export function showJson(io: Io): Show {
  return (event) => {
    const told = toldOf(event);
    if (told) io.stdout.write(jsonLine(told));
  };
}

function showMessage(io: Io, message: ChatMessage): void {
  if (message.own) return;
  const time = styleText('dim', new Date(message.sentAt).toTimeString().slice(0, 8), { stream: io.stdout });
  const name = styleText('bold', terminalSafe(message.name), { stream: io.stdout });
  // A line of a text must not look like the beginning of somebody else's message.
  const text = terminalSafe(message.text).replaceAll('\n', '\n    ');
  io.stdout.write(`${time} ${name}: ${text}\n`);
}

function showAlarm(io: Io, code: string): void {
  const words = ALARMS[code] ?? code;
  io.stderr.write(`${styleText(['bold', 'red'], words, { stream: io.stderr })}\n`);
}

function toldOf(event: RoomEvent): object | undefined {
  if (event.type === 'message') return event.message.own ? undefined : toldMessage(event.message);
  if (event.type === 'system') {
    const { kind, at } = event.line;
    return { ...{ type: kind, at }, ...event.line, at: isoTime(at), id: undefined, kind: undefined };
  }
  if (event.type === 'alarm') return { type: 'alarm', at: isoTime(Date.now()), code: event.code };
  if (event.type !== 'connection') return undefined;
  return { type: 'connection', at: isoTime(Date.now()), state: event.connection.state };
}

function toldMessage({ id, mid, name, text, sentAt, expiresAt }: ChatMessage): object {
  return { type: 'message', at: isoTime(sentAt), name, text, id, mid, expiresAt: isoTime(expiresAt) };
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
