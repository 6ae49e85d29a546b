import type Redis from 'ioredis';

/** One key of Redis with all that it holds. */
export interface Stored {
  key: string;
  type: string;
  ttlSeconds: number;
  /** Fields and values, members and scores, or what a stream holds: as the bytes they are. */
  parts: Buffer[];
}

/** Everything that a Redis holds. */
export async function everythingIn(redis: Redis): Promise<Stored[]> {
  const keys = (await redis.keys('*')).sort();
  return Promise.all(keys.map((key) => storedAt(redis, key)));
}

async function storedAt(redis: Redis, key: string): Promise<Stored> {
  const [type, ttlSeconds] = await Promise.all([redis.type(key), redis.ttl(key)]);
  return { key, type, ttlSeconds, parts: await contentOf(redis, key, type) };
}

/** @throws {Error} for a type that the gateway doesn't use. */
async function contentOf(redis: Redis, key: string, type: string): Promise<Buffer[]> {
  switch (type) {
    case 'string':
      return [(await redis.getBuffer(key)) ?? Buffer.alloc(0)];
    case 'hash':
      return (await redis.callBuffer('HGETALL', key)) as Buffer[];
    case 'zset':
      return (await redis.callBuffer('ZRANGE', key, '0', '-1')) as Buffer[];
    case 'stream':
      return (await redis.xrangeBuffer(key, '-', '+')).map(([, fields]) => Buffer.concat(fields));
    default:
      throw new Error(`Nobody knows what to make of a ${type}.`);
  }
}
