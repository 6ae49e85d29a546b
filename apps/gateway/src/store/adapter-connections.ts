import type { RedisLocation } from '@bytechat/config';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';
import { boundedPublisher } from './bounded-publisher.ts';
import { quietSubscriber } from './quiet-subscriber.ts';
import { closeConnection, openConnection, type Connection } from './redis-connections.ts';

/** The two connections the Socket.IO adapter speaks over. */
export interface AdapterConnections {
  publisher: Connection;
  subscriber: Connection;
  close(): Promise<void>;
}

/** Between two pings of connections that would otherwise wait for ever without asking anything. */
const KEEP_ALIVE_MS = 5_000;

/**
 * Opens the adapter's connections. They wait for as long as Redis is away (`maxRetriesPerRequest: null`); what fails all
 * the same is caught here, since the adapter doesn't: it would end the process. `onDropped` hears of hints that are lost.
 * @throws when Redis can't be reached at the start.
 */
export async function openAdapterConnections(
  location: RedisLocation,
  log: Log,
  onDropped: () => void,
): Promise<AdapterConnections> {
  const settings = { options: { maxRetriesPerRequest: null }, enableOfflineQueue: true };
  const connections = await Promise.all([
    openConnection(location, settings, 'The bus to the other pods', log),
    openConnection(location, settings, 'The bus from the other pods', log),
  ]);
  const [publisher, subscriber] = connections;
  const timer = setInterval(() => connections.forEach(keepAlive), KEEP_ALIVE_MS).unref();
  return {
    publisher: boundedPublisher(publisher, onDropped),
    subscriber: quietSubscriber(subscriber, (error) =>
      log.error(
        { error: describeError(error) },
        'Redis refuses to let this pod hear the others: see its user.',
      ),
    ),
    close: async () => {
      clearInterval(timer);
      await Promise.all(connections.map(closeConnection));
    },
  };
}

function keepAlive(connection: Connection): void {
  if (connection.status === 'ready') connection.ping().catch(() => undefined);
}
