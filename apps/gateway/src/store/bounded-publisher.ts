import { overriding } from '../around.ts';

/** Hints on their way to Redis, queued or unanswered. */
const MAX_PENDING = 1_000;

interface Publisher {
  publish(channel: string | Buffer, message: string | Buffer): Promise<number>;
}

/**
 * The adapter's publisher, with an end to what waits while Redis is away. What is dropped is a hint: the log has the
 * truth, and clients look there when a beacon or the next hint shows a gap. It never rejects: nobody would handle it.
 */
export function boundedPublisher<T extends Publisher>(connection: T, onDropped: () => void): T {
  let pending = 0;
  const publish: Publisher['publish'] = async (channel, message) => {
    if (pending >= MAX_PENDING) {
      onDropped();
      return 0;
    }
    pending += 1;
    try {
      return await connection.publish(channel, message);
    } catch {
      onDropped();
      return 0;
    } finally {
      pending -= 1;
    }
  };
  return overriding<T>(connection, { publish } as Partial<T>);
}
