import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisLocation, SentinelLocation } from '@bytechat/config';
import { describeError } from '../logging/describe-error.ts';
import type { Log } from '../logging/log.ts';

export type Connection = Redis | Cluster;

/** A command that isn't answered by then has failed; whether it was executed, its id will tell. */
const COMMAND_TIMEOUT_MS = 1_500;
const CONNECT_TIMEOUT_MS = 2_000;
/** A connection that is asked something and gives not one byte for so long is dead: its machine may be gone. */
const SILENCE_MS = 5_000;
/** Between two looks whether a restarted Redis has read its file. */
const LOADING_LOOK_MS = 250;
/** A connection that is given up and doesn't close by itself is cut. */
const DISCONNECT_TIMEOUT_MS = 200;

/**
 * Opens the connection the store speaks over. While Redis is away its commands fail at once instead of queueing.
 * @throws when Redis can't be reached at the start.
 */
export function openCommandConnection(location: RedisLocation, log: Log): Promise<Connection> {
  const settings = {
    options: { maxRetriesPerRequest: 1, commandTimeout: COMMAND_TIMEOUT_MS },
    enableOfflineQueue: false,
  };
  return openConnection(location, settings, 'The rooms in Redis', log);
}

/**
 * Opens the connection for what replicas must have before it counts: they are waited for on it (WAIT blocks it), and what
 * it has sent it never sends again by itself, since then it would wait for something else.
 * @throws when Redis can't be reached at the start.
 */
export function openWriteConnection(location: RedisLocation, log: Log): Promise<Connection> {
  const settings = {
    options: {
      maxRetriesPerRequest: 1,
      commandTimeout: COMMAND_TIMEOUT_MS,
      autoResendUnfulfilledCommands: false,
    },
    enableOfflineQueue: false,
  };
  return openConnection(location, settings, 'The messages to Redis', log);
}

const closed = new WeakSet<Connection>();

/** ioredis gives up a connection that is lost while the sentinels are asked for the master. */
function reviveUnlessClosed(connection: Connection): void {
  if (closed.has(connection)) return;
  setTimeout(() => {
    if (connection.status === 'end') connection.connect().catch(() => undefined);
  }, reconnectDelayMs(1)).unref();
}

/**
 * QUIT waits for what is still queued; a connection that isn't up can't be asked to. What ioredis holds open besides (its
 * ear at the sentinels) is only let go by `disconnect`.
 */
export async function closeConnection(connection: Connection): Promise<void> {
  closed.add(connection);
  if (connection.status === 'ready') await connection.quit();
  connection.disconnect();
}

export interface ConnectionSettings {
  options: Pick<RedisOptions, 'maxRetriesPerRequest' | 'commandTimeout' | 'autoResendUnfulfilledCommands'>;
  enableOfflineQueue: boolean;
}

/** Opens a connection that is never given up: it reconnects until it is closed. @throws when the first try fails. */
export async function openConnection(
  location: RedisLocation,
  settings: ConnectionSettings,
  what: string,
  log: Log,
): Promise<Connection> {
  const connection = connectionTo(location, settings);
  logOutages(connection, what, log);
  try {
    await connection.connect();
  } catch (error) {
    connection.disconnect();
    throw error;
  }
  connection.on('end', () => reviveUnlessClosed(connection));
  return connection;
}

function connectionTo(
  location: RedisLocation,
  { options, enableOfflineQueue }: ConnectionSettings,
): Connection {
  const redisOptions: RedisOptions = {
    ...options,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    maxLoadingRetryTime: LOADING_LOOK_MS,
    retryStrategy: reconnectDelayMs,
    reconnectOnError: isFromFormerMaster,
  };
  const lazily = { enableOfflineQueue, lazyConnect: true };
  switch (location.kind) {
    case 'standalone':
      return new Redis(location.url, { ...redisOptions, ...lazily });
    case 'sentinel':
      return new Redis({ ...redisOptions, ...lazily, ...sentinelOptions(location) });
    case 'cluster':
      return new Cluster(location.nodes, { ...lazily, redisOptions, clusterRetryStrategy: reconnectDelayMs });
  }
}

function sentinelOptions({
  sentinels,
  name,
  username,
  password,
  sentinelPassword,
  db,
}: SentinelLocation): RedisOptions {
  return {
    sentinels,
    name,
    db,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
    // The sentinels tell of a new master; a master that is cut off from them would go on taking writes that are lost.
    failoverDetector: true,
    sentinelCommandTimeout: COMMAND_TIMEOUT_MS,
    sentinelRetryStrategy: reconnectDelayMs,
  };
}

/** Quick at first, never slower than once in half a second: what waits behind it are people. */
const reconnectDelayMs = (attempt: number): number =>
  Math.min(attempt * 50, 400) + Math.round(Math.random() * 100);

/** A demoted master refuses writes; whoever is the master now has to be asked for anew. */
const isFromFormerMaster = (error: Error): boolean => error.message.startsWith('READONLY');

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
