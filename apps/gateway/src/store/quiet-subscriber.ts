import { overriding } from '../around.ts';

const METHODS = ['subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe'] as const;

type Subscriber = Record<(typeof METHODS)[number], (...channels: string[]) => Promise<unknown>>;

/**
 * The adapter's subscriber, none of whose promises rejects. What an outage interrupts ioredis does again by itself when
 * it is back; and what is asked of a connection on its way out nobody waits for. A refusal of the server (its user may
 * not listen) heals by nothing: `onRefused` hears of it, since the pod is deaf to the others then.
 */
export function quietSubscriber<T extends object>(connection: T, onRefused: (error: Error) => void): T {
  const subscriber = connection as T & Subscriber;
  const quiet = METHODS.map((method) => [
    method,
    (...channels: string[]) =>
      subscriber[method](...channels).catch((error: unknown) => {
        if (isRefusal(error)) onRefused(error);
      }),
  ]);
  return overriding<T>(connection, Object.fromEntries(quiet) as Partial<T>);
}

/** ioredis names what the server answered so; see redis-errors. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === 'ReplyError';
