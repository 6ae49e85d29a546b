import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisLocation } from '../config/redis-location.ts';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';

export type Connection = Redis | Cluster;

/** The two connections the Socket.IO adapter speaks over. */
export interface AdapterConnections {
  publisher: Connection;
  subscriber: Connection;
  close(): Promise<void>;
}

/** A command that isn't answered by then has failed; whether it was executed, its id will tell. */
const COMMAND_TIMEOUT_MS = 1_500;
/** A connection that is given up and doesn't close by itself is cut. */
const DISCONNECT_TIMEOUT_MS = 200;

/**
 * Opens the connection the store speaks over. While Redis is away its commands fail at once instead of queueing.
 * @throws when Redis can't be reached at the start.
 */
export function openCommandConnection(location: RedisLocation, log: Log): Promise<Connection> {
  const options = { maxRetriesPerRequest: 1, commandTimeout: COMMAND_TIMEOUT_MS, enableOfflineQueue: false };
  return open(location, options, 'The rooms in Redis', log);
}

/**
 * Opens the adapter's connections. They wait for as long as Redis is away (`maxRetriesPerRequest: null`): a number
 * would end an outage in a rejection inside the adapter that nobody handles, and with it the process.
 * @throws when Redis can't be reached at the start.
 */
export async function openAdapterConnections(location: RedisLocation, log: Log): Promise<AdapterConnections> {
  const options = { maxRetriesPerRequest: null };
  const [publisher, subscriber] = await Promise.all([
    open(location, options, 'The bus to the other pods', log),
    open(location, options, 'The bus from the other pods', log),
  ]);
  return {
    publisher,
    subscriber,
    close: async () => {
      await Promise.all([publisher, subscriber].map(closeConnection));
    },
  };
}

/** QUIT waits for what is still queued; a connection that isn't up can't be asked to. */
export async function closeConnection(connection: Connection): Promise<void> {
  if (connection.status === 'ready') await connection.quit();
  else connection.disconnect();
}

async function open(
  location: RedisLocation,
  options: RedisOptions,
  what: string,
  log: Log,
): Promise<Connection> {
  const redisOptions = { ...options, disconnectTimeout: DISCONNECT_TIMEOUT_MS };
  const connection =
    location.kind === 'standalone'
      ? new Redis(location.url, { ...redisOptions, lazyConnect: true })
      : new Cluster(location.nodes, { redisOptions, lazyConnect: true });
  logOutages(connection, what, log);
  try {
    await connection.connect();
  } catch (error) {
    connection.disconnect();
    throw error;
  }
  return connection;
}

/** One line an outage, not one a retry. */
function logOutages(connection: Connection, what: string, log: Log): void {
  let isDown = false;
  connection.on('error', (error: unknown) => {
    if (isDown) return;
    isDown = true;
    log.warn({ error: describeError(error) }, `${what}: out of reach.`);
  });
  connection.on('ready', () => {
    if (isDown) log.info(`${what}: back.`);
    isDown = false;
  });
}
