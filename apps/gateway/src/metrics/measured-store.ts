import { RoomError, type Bucket } from '@bytechat/rooms';
import { around, type Call } from '../around.ts';
import type { LabelsOf, Metrics } from './metrics.ts';
import { STORE_VERBS } from './store-verbs.ts';

type Verb = LabelsOf<'bytechat_redis_command_seconds'>['script'];
type Limiter = LabelsOf<'bytechat_rate_limited_total'>['limiter'];

/** A store (of rooms, or of their files), with its verbs timed and what its limits refuse counted. */
export function measuredStore<T extends object>(store: T, metrics: Metrics): T {
  return around(store, (call) => (call.method === 'ping' ? ping(call, metrics) : verb(call, metrics)));
}

/** An answered ping is the news that Redis is up; it is timed like the rest. */
async function ping(call: Call, metrics: Metrics): Promise<unknown> {
  try {
    const answer = await verb(call, metrics);
    metrics.set('bytechat_redis_up', 1);
    return answer;
  } catch (error) {
    metrics.set('bytechat_redis_up', 0);
    throw error;
  }
}

async function verb(call: Call, metrics: Metrics): Promise<unknown> {
  const startedAt = performance.now();
  try {
    return await call.proceed();
  } catch (error) {
    const limiter = limiterOf(call, error);
    if (limiter !== undefined) metrics.count('bytechat_rate_limited_total', { limiter });
    if (error instanceof RoomError && error.code === 'ERR_INDETERMINATE')
      metrics.count('bytechat_wait_timeouts_total', {});
    throw error;
  } finally {
    const script = verbOf(call.method);
    metrics.observe('bytechat_redis_command_seconds', { script }, (performance.now() - startedAt) / 1_000);
  }
}

const verbOf = (method: string): Verb => STORE_VERBS.find((known) => known === method) ?? 'other';

function limiterOf({ method, args }: Call, error: unknown): Limiter | undefined {
  if (!(error instanceof RoomError)) return undefined;
  if (error.code === 'ERR_LOCKED') return 'gate';
  if (error.code === 'ERR_BLOB_FULL') return 'files';
  if (error.code !== 'ERR_RATE') return undefined;
  switch (method) {
    case 'spend':
      return LIMITER_OF_BUCKET[(args[0] as Bucket).kind];
    case 'holdConnection':
      return 'connections';
    case 'create':
      return 'rooms';
    case 'append':
      return 'messages';
    case 'putChunk':
    case 'getChunk':
      return 'files';
    default:
      return 'other';
  }
}

const LIMITER_OF_BUCKET: Record<string, Limiter> = { handshake: 'handshake', join: 'join', info: 'info' };
