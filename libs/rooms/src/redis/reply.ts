import { WIRE_ERRORS, type Bytes, type WireErrorCode } from '@bytechat/protocol';
import { copyOf } from '../bytes.ts';
import { RoomError } from '../room-error.ts';

/** What a script answers with, as ioredis gives it in its binary-safe form. */
export type Reply = Buffer | string | number | null | undefined | readonly Reply[];

/**
 * The one place where a script's answer becomes a value or a refusal: `{'OK', …}` gives what follows, `{code, number}`
 * is thrown; the number is retryAfterMs for ERR_RATE, ERR_LOCKED and ERR_BUSY, and what is current for
 * ERR_EPOCH_STALE and ERR_GENERATION.
 * @throws RoomError; TypeError when the answer is none of these.
 */
export function accepted(reply: unknown): readonly Reply[] {
  const [status, ...rest] = asList(reply as Reply);
  const code = asText(status);
  if (code === 'OK') return rest;
  if (!Object.hasOwn(WIRE_ERRORS, code)) throw new TypeError('A script answered with an unknown code.');
  throw refusal(code as WireErrorCode, asNumber(rest[0]));
}

/** Whether a script refused: then it has stored nothing. */
export const isRefusal = (reply: unknown): boolean => asText(asList(reply as Reply)[0]) !== 'OK';

function refusal(code: WireErrorCode, number: number): RoomError {
  switch (code) {
    case 'ERR_RATE':
    case 'ERR_LOCKED':
    case 'ERR_BUSY':
      return new RoomError(code, { retryAfterMs: number });
    case 'ERR_EPOCH_STALE':
    case 'ERR_GENERATION':
      return new RoomError(code, { current: number });
    default:
      return new RoomError(code);
  }
}

export function asList(reply: Reply): readonly Reply[] {
  if (Array.isArray(reply)) return reply as readonly Reply[];
  throw new TypeError('A script answered with something else than a list.');
}

export function asNumber(reply: Reply): number {
  const number = typeof reply === 'number' ? reply : Number(asText(reply));
  if (Number.isFinite(number)) return number;
  throw new TypeError('A script answered with something else than a number.');
}

export function asText(reply: Reply): string {
  if (typeof reply === 'string') return reply;
  return asBuffer(reply).toString('utf8');
}

export const asBytes = (reply: Reply): Bytes => copyOf(asBuffer(reply));

/** The pairs of a list that alternates keys and values. */
export function asPairs(reply: Reply): [Reply, Reply][] {
  const list = asList(reply);
  const pairs: [Reply, Reply][] = [];
  for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
  return pairs;
}

function asBuffer(reply: Reply): Buffer {
  if (Buffer.isBuffer(reply)) return reply;
  throw new TypeError('A script answered with something else than bytes.');
}
