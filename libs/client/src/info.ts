import { toBase64Url, type Bytes, type RoomInfo } from '@bytechat/protocol';
import type { Endpoint } from './api.ts';
import { ClientError } from './errors.ts';
import { readRoomInfo } from './server-schemas.ts';

/** What the server tells of a room to somebody who knows its rid. A port: tests answer it from their store. */
export type RoomInfoSource = (endpoint: Endpoint, rid: Bytes) => Promise<RoomInfo>;

const TOO_MANY_REQUESTS = 429;
const DEFAULT_WAIT_S = 60;
const TIMEOUT_MS = 5_000;

/** `GET /api/room/:rid/info`. @throws {ClientError} ERR_RATE; ERR_OFFLINE, also when no answer comes within 5 s. */
export const fetchRoomInfo: RoomInfoSource = async (endpoint, rid) => {
  let response: Response;
  try {
    const url = new URL(`/api/room/${toBase64Url(rid)}/info`, endpoint.url);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    response = await fetch(url, { cache: 'no-store', credentials: 'omit', redirect: 'error', signal });
  } catch {
    throw new ClientError('ERR_OFFLINE');
  }
  if (response.status === TOO_MANY_REQUESTS) {
    const seconds = Number(response.headers.get('retry-after') ?? DEFAULT_WAIT_S);
    throw new ClientError('ERR_RATE', { retryAfterMs: 1_000 * (seconds || DEFAULT_WAIT_S) });
  }
  const info = response.ok ? readRoomInfo(await response.json().catch(() => undefined)) : undefined;
  if (!info) throw new ClientError('ERR_OFFLINE');
  return info;
};
