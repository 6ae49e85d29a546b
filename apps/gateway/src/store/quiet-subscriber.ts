import { overriding } from '../around.ts';

const METHODS = ['subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe'] as const;

type Subscriber = Record<(typeof METHODS)[number], (...channels: string[]) => Promise<unknown>>;

/**
 * The adapter's subscriber, none of whose promises rejects. What an outage interrupts ioredis does again by itself when
 * it is back; and what is asked of a connection on its way out nobody waits for.
 */
export function quietSubscriber<T extends object>(connection: T): T {
  const subscriber = connection as T & Subscriber;
  const quiet = METHODS.map((method) => [
    method,
    (...channels: string[]) => subscriber[method](...channels).catch(() => undefined),
  ]);
  return overriding<T>(connection, Object.fromEntries(quiet) as Partial<T>);
}
