import { expect, jest, test } from '@jest/globals';
import { boundedPublisher } from './bounded-publisher.ts';

/** A Redis that answers when it is told to. */
class SlowPublisher {
  readonly status = 'ready';
  readonly #waiting: { resolve: (receivers: number) => void; reject: (error: Error) => void }[] = [];

  publish(): Promise<number> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  answerAll(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve(1);
  }

  failAll(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('Connection is closed.'));
  }
}

test('a thousand hints wait for Redis, what is more is dropped and counted, and it goes on when Redis is back', async () => {
  const redis = new SlowPublisher();
  const onDropped = jest.fn();
  const publisher = boundedPublisher(redis, onDropped);
  const published = Array.from({ length: 1_200 }, () => publisher.publish());
  expect(redis.waiting).toBe(1_000);
  expect(onDropped).toHaveBeenCalledTimes(200);
  redis.answerAll();
  expect((await Promise.all(published)).filter((receivers) => receivers === 1)).toHaveLength(1_000);
  const next = publisher.publish();
  redis.answerAll();
  expect(await next).toBe(1);
});

test('a hint that fails is counted and rejects nothing', async () => {
  const redis = new SlowPublisher();
  const onDropped = jest.fn();
  const published = boundedPublisher(redis, onDropped).publish();
  redis.failAll();
  expect(await published).toBe(0);
  expect(onDropped).toHaveBeenCalledTimes(1);
});

test('everything else of the connection is as it was', () => {
  const redis = new SlowPublisher();
  const publisher = boundedPublisher(redis, () => undefined);
  expect(publisher.status).toBe('ready');
  expect(publisher.waiting).toBe(0);
  expect(publisher.constructor.name).toBe('SlowPublisher');
});
