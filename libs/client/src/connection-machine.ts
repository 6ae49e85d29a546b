import type { WireErrorCode } from '@bytechat/protocol';
import type { CloseCode, ConnectionState } from './api.ts';
import type { ReconnectPolicy } from './reconnect-policy.ts';

/**
 * The life of the connection as one union and one pure function. `link` numbers the transports: an event that names
 * another link than the present one is late and changes nothing.
 */
export type Connection =
  | { state: 'idle'; link: number }
  /** `attempt`: the number of this try since the last stable connection. */
  | { state: 'connecting'; link: number; attempt: number }
  | { state: 'recovering'; link: number; attempt: number }
  /** `attempt`: 0 once the connection is stable, at most 1 once a session was brought up to date on it. */
  | { state: 'online'; link: number; attempt: number }
  /** `code`: why the server refused the last connection, if it said so. */
  | { state: 'waiting'; link: number; attempt: number; retryAt: number; code?: WireErrorCode }
  | { state: 'closed'; link: number; code: CloseCode };

export type ConnectionEvent =
  /** A person (or the start) wants a connection now. */
  | { type: 'open' }
  /** The transport is up and greeted. `resume`: there is a session to bring up to date first. */
  | { type: 'opened'; link: number; resume: boolean }
  | { type: 'recovered'; link: number }
  | { type: 'stable'; link: number }
  | {
      type: 'lost';
      link: number;
      now: number;
      chance: number;
      retryAfterMs?: number | undefined;
      code?: WireErrorCode | undefined;
    }
  /** The time of the next try has come. */
  | { type: 'due'; link: number }
  /** The server drains: leave it for another one. */
  | { type: 'move'; link: number }
  | { type: 'close'; code: CloseCode };

export type ConnectionEffect =
  | { type: 'connect'; link: number }
  | { type: 'drop'; link: number }
  | { type: 'wait'; link: number; untilMs: number }
  | { type: 'watch'; link: number };

export interface Transition {
  next: Connection;
  effects: ConnectionEffect[];
}

export const initialConnection: Connection = { state: 'idle', link: 0 };

export function transition(now: Connection, event: ConnectionEvent, policy: ReconnectPolicy): Transition {
  if (event.type === 'close') return close(now, event.code);
  if (event.type === 'open') return open(now);
  if (event.link !== now.link) return unchanged(now);
  switch (event.type) {
    case 'opened':
      return opened(now, event.resume);
    case 'recovered':
      // A session that was brought up to date shows that the server is well, however short the connection lives.
      return now.state === 'recovering' ? online(now.link, Math.min(now.attempt, 1)) : unchanged(now);
    case 'stable':
      return now.state === 'online' ? { next: { ...now, attempt: 0 }, effects: [] } : unchanged(now);
    case 'lost':
      return lost(now, event, policy);
    case 'due':
      return now.state === 'waiting' ? connect(now.link, now.attempt) : unchanged(now);
    case 'move':
      return move(now);
  }
}

/** What a user of the SDK sees of it. */
export function publicState(connection: Connection): ConnectionState {
  switch (connection.state) {
    case 'idle':
    case 'online':
    case 'recovering':
      return { state: connection.state };
    case 'connecting':
      return { state: 'connecting', attempt: connection.attempt };
    case 'waiting':
      return waiting(connection);
    case 'closed':
      return { state: 'closed', code: connection.code };
  }
}

function waiting({ attempt, retryAt, code }: Connection & { state: 'waiting' }): ConnectionState {
  return { state: 'waiting', attempt, retryAt, ...(code ? { code } : {}) };
}

const unchanged = (now: Connection): Transition => ({ next: now, effects: [] });

function connect(lastLink: number, attempt: number): Transition {
  const link = lastLink + 1;
  return { next: { state: 'connecting', link, attempt }, effects: [{ type: 'connect', link }] };
}

function online(link: number, attempt: number): Transition {
  return { next: { state: 'online', link, attempt }, effects: [{ type: 'watch', link }] };
}

function open(now: Connection): Transition {
  if (now.state === 'idle') return connect(now.link, 1);
  if (now.state === 'waiting') return connect(now.link, now.attempt);
  if (now.state === 'closed' && now.code === 'ATTEMPTS') return connect(now.link, 1);
  return unchanged(now);
}

function opened(now: Connection, resume: boolean): Transition {
  if (now.state !== 'connecting') return unchanged(now);
  const { link, attempt } = now;
  return resume ? { next: { state: 'recovering', link, attempt }, effects: [] } : online(link, attempt);
}

function lost(
  now: Connection,
  event: Extract<ConnectionEvent, { type: 'lost' }>,
  policy: ReconnectPolicy,
): Transition {
  if (now.state !== 'connecting' && now.state !== 'recovering' && now.state !== 'online')
    return unchanged(now);
  const { link, attempt: failures } = now;
  const drop: ConnectionEffect = { type: 'drop', link };
  const delay = policy.nextDelayMs(failures, event.chance, event.retryAfterMs);
  if (delay === null) return { next: { state: 'closed', link, code: 'ATTEMPTS' }, effects: [drop] };
  const retryAt = event.now + delay;
  return {
    next: {
      state: 'waiting',
      link,
      attempt: failures + 1,
      retryAt,
      ...(event.code ? { code: event.code } : {}),
    },
    effects: [drop, { type: 'wait', link, untilMs: retryAt }],
  };
}

function move(now: Connection): Transition {
  if (now.state !== 'online') return unchanged(now);
  const { next, effects } = connect(now.link, 1);
  return { next, effects: [{ type: 'drop', link: now.link }, ...effects] };
}

function close(now: Connection, code: CloseCode): Transition {
  if (now.state === 'closed' && now.code !== 'ATTEMPTS') return unchanged(now);
  return { next: { state: 'closed', link: now.link, code }, effects: [{ type: 'drop', link: now.link }] };
}
