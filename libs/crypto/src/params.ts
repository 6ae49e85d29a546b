import { type Bytes, concat } from './bytes.ts';
import { BcError } from './errors.ts';
import { Reader } from './reader.ts';
import { u16, u32, u8 } from './writer.ts';

export const PARAMS_BYTES = 16;
const MIN_TTL_SECONDS = 60;
const MAX_TTL_SECONDS = 86_400;
const HAS_PASSWORD = 1;

/** The room's signed rules (PROTOCOL §6.6), the same for every member and bound into every key. */
export interface GroupParams {
  /** 0: newcomers read nothing older. 1: the last `ttlSeconds` are handed on. */
  history: 0 | 1;
  /** 0: whoever has link and password comes in. 1: a member approves. */
  join: 0 | 1;
  /** Who may remove others: 0 nobody, 1 the owner, 2 any member. */
  kick: 0 | 1 | 2;
  hasPassword: boolean;
  /** Life of a message, 60 to 86,400 seconds. */
  ttlSeconds: number;
  /** Seconds after which keys are renewed while people write. */
  rekeySeconds: number;
  /** Most members at a time. */
  max: number;
  padId: number;
}

/** 16 bytes. @throws BcError ERR_FORMAT when a value is out of range. */
export function encodeParams(params: GroupParams): Bytes {
  const bytes = concat(
    concat(u8(params.history), u8(params.join), u8(params.kick), u8(params.hasPassword ? HAS_PASSWORD : 0)),
    concat(u32(params.ttlSeconds), u32(params.rekeySeconds), u16(params.max), u16(params.padId)),
  );
  decodeParams(bytes);
  return bytes;
}

/** @throws BcError ERR_FORMAT */
export function decodeParams(bytes: Bytes): GroupParams {
  const reader = new Reader(bytes);
  const params = {
    history: below(reader.u8(), 2) as 0 | 1,
    join: below(reader.u8(), 2) as 0 | 1,
    kick: below(reader.u8(), 3) as 0 | 1 | 2,
    hasPassword: below(reader.u8(), 2) === HAS_PASSWORD,
    ttlSeconds: reader.u32(),
    rekeySeconds: reader.u32(),
    max: reader.u16(),
    padId: reader.u16(),
  };
  reader.end();
  if (params.ttlSeconds < MIN_TTL_SECONDS || params.ttlSeconds > MAX_TTL_SECONDS) {
    throw new BcError('ERR_FORMAT', 'the message life is out of range');
  }
  if (params.max === 0) throw new BcError('ERR_FORMAT', 'a room needs space for one member');
  return params;
}

function below(value: number, limit: number): number {
  if (value >= limit) throw new BcError('ERR_FORMAT', 'a room rule has an unknown value');
  return value;
}
