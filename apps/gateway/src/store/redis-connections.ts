import { Cluster, Redis } from 'ioredis';
import type { RedisLocation } from '../config/redis-location.ts';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';

/** The two connections the Socket.IO adapter speaks over. */
export interface AdapterConnections {
  publisher: Redis | Cluster;
  subscriber: Redis | Cluster;
  close(): Promise<void>;
}

/**
 * Opens the adapter's connections. They wait for as long as Redis is away (`maxRetriesPerRequest: null`): a number
 * would end an outage in a rejection inside the adapter that nobody handles, and with it the process.
 * @throws when Redis can't be reached at the start.
 */
export async function openAdapterConnections(location: RedisLocation, log: Log): Promise<AdapterConnections> {
  const publisher = connectionTo(location);
  const subscriber = connectionTo(location);
  const connections = [publisher, subscriber];
  for (const connection of connections) logOutages(connection, log);
  await Promise.all(connections.map((connection) => connection.connect()));
  return {
    publisher,
    subscriber,
    close: async () => {
      await Promise.all(connections.map(closeConnection));
    },
  };
}

function connectionTo(location: RedisLocation): Redis | Cluster {
  const redisOptions = { maxRetriesPerRequest: null };
  return location.kind === 'standalone'
    ? new Redis(location.url, { ...redisOptions, lazyConnect: true })
    : new Cluster(location.nodes, { redisOptions, lazyConnect: true });
}

/** One line an outage, not one a retry. */
function logOutages(connection: Redis | Cluster, log: Log): void {
  let isDown = false;
  connection.on('error', (error: unknown) => {
    if (isDown) return;
    isDown = true;
    log.warn({ error: describeError(error) }, 'The bus between the pods is out of reach.');
  });
  connection.on('ready', () => {
    if (!isDown) return;
    isDown = false;
    log.info('The bus between the pods is back.');
  });
}

/** QUIT waits for what the adapter has queued; a connection that is not up can't be asked to. */
async function closeConnection(connection: Redis | Cluster): Promise<void> {
  if (connection.status === 'ready') await connection.quit();
  else connection.disconnect();
}
