import { styleText } from 'node:util';
import type {
  AlarmCode,
  ChatMessage,
  ConnectionState,
  Membership,
  RoomEvent,
  SystemLine,
} from '@bytechat/client';
import type { Io } from '../io.ts';
import { systemText } from './system-text.ts';
import { jsonLine, terminalSafe } from './terminal-safe.ts';
import { Words } from './words.ts';

export type Show = (event: RoomEvent) => void;

const ALARMS: Readonly<Record<AlarmCode, string>> = {
  FORK: 'The server shows people in this room different conversations. Sending has stopped: agree on a new room over another channel.',
  GAP: 'Messages are missing: something that was sent here did not arrive.',
  STALE:
    'Nobody has confirmed this view of the room for a while: the server may be keeping news back. Sending waits.',
  REPLAY: 'The server delivered something a second time. It was refused, and nothing is lost.',
};

/** For people: messages of others on standard output, everything else on standard error. */
export function showLines({ stdout, stderr }: Io): Show {
  const aside = (text: string | undefined): void => {
    if (text !== undefined) stderr.write(`${styleText('dim', text, { stream: stderr })}\n`);
  };
  const steps = changes<string>();
  const states = changes<string>();
  const words = new Words();
  return (event) => {
    if (event.type === 'message') {
      if (words.areNew(event.message)) showMessage(stdout, event.message);
    } else if (event.type === 'expired') words.forget(event.ids);
    else if (event.type === 'system') aside(systemText(event.line));
    else if (event.type === 'alarm') showAlarm(stderr, event.code);
    else if (event.type === 'membership') aside(steps(event.membership.step, membershipText));
    else if (event.type === 'connection') aside(states(event.connection.state, connectionText));
    else if (event.type === 'notice' && event.code === 'EXPIRING')
      aside('The session ends in a minute unless you say something.');
  };
}

/** For programs: one object a line on standard output. */
export function showJson({ stdout }: Io): Show {
  const steps = changes<object>();
  const words = new Words();
  return (event) => {
    if (event.type === 'expired') words.forget(event.ids);
    if (event.type === 'message' && !words.areNew(event.message)) return;
    const told = toldOf(event, steps);
    if (told) stdout.write(jsonLine(told));
  };
}

/** What a change is told as; undefined for what is as it was. */
type Changes<T> = <S extends string>(
  next: S,
  tell: (next: S, before: string) => T | undefined,
) => T | undefined;

function changes<T>(): Changes<T> {
  let last = '';
  return (next, tell) => {
    const before = last;
    last = next;
    return next === before ? undefined : tell(next, before);
  };
}

function membershipText(step: Membership['step'], before: string): string | undefined {
  if (step === 'waiting') return 'Waiting for somebody inside to let you in …';
  return step === 'active' && before === 'waiting' ? 'You are in.' : undefined;
}

/** Each try that fails is not news. */
function connectionText(state: ConnectionState['state'], before: string): string | undefined {
  if (state === 'waiting' && before === 'online') return 'The connection is lost; trying again …';
  return state === 'recovering' ? 'Connected again.' : undefined;
}

function showMessage(stdout: Io['stdout'], { sentAt, name, text, attachment, edited }: ChatMessage): void {
  const time = styleText('dim', new Date(sentAt).toTimeString().slice(0, 8), { stream: stdout });
  const who = styleText('bold', terminalSafe(name), { stream: stdout }) + (edited ? ' (corrected)' : '');
  // A line of a text must not look like the beginning of somebody else's message.
  const said = attachment ? `[${attachment.name}, ${attachment.size} bytes]` : text;
  stdout.write(`${time} ${who}: ${terminalSafe(said).replaceAll('\n', '\n    ')}\n`);
}

function showAlarm(stderr: Io['stderr'], code: AlarmCode): void {
  stderr.write(`${styleText(['bold', 'red'], ALARMS[code], { stream: stderr })}\n`);
}

function toldOf(event: RoomEvent, steps: Changes<object>): object | undefined {
  switch (event.type) {
    case 'message':
      return toldMessage(event.message);
    case 'system':
      return toldLine(event.line);
    case 'alarm':
      return { type: 'alarm', at: isoTime(Date.now()), code: event.code };
    case 'connection':
      return { type: 'connection', at: isoTime(Date.now()), state: event.connection.state };
    case 'membership':
      return steps(event.membership.step, (step) => ({ type: 'membership', at: isoTime(Date.now()), step }));
    default:
      return undefined;
  }
}

function toldMessage({ id, mid, name, text, sentAt, expiresAt, attachment, edited }: ChatMessage): object {
  const file = attachment && { ...attachment, preview: undefined };
  const times = { at: isoTime(sentAt), expiresAt: isoTime(expiresAt) };
  return { type: 'message', ...times, name, text, edited, file, id, mid };
}

/** With all that the SDK tells of it, but the number it has on a screen. */
function toldLine(line: SystemLine): object {
  const head = { type: line.kind, at: isoTime(line.at) };
  return { ...head, ...line, ...head, id: undefined, kind: undefined };
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
