import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort, startRedis, type RedisProcess } from './redis-process.ts';

export interface RedisClusterProcesses {
  readonly nodes: readonly RedisProcess[];
  /** What `new Cluster(…)` of ioredis takes. */
  readonly startupNodes: readonly { host: string; port: number }[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;
const HOST = '127.0.0.1';
const POLL_MS = 25;
const DEADLINE_MS = 20_000;

/** Starts a Redis Cluster of masters on loopback. Resolves when every node says that all slots are served. */
export async function startRedisCluster({ masters = 3 } = {}): Promise<RedisClusterProcesses> {
  const nodes = await Promise.all(Array.from({ length: masters }, startNode));
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map(({ process }) => process.stop()));
  };
  const clients = nodes.map(({ process }) => new Redis({ host: HOST, port: process.port }));
  try {
    await Promise.all(clients.map((client, position) => assignSlots(client, position, masters)));
    await meet(clients[0]!, nodes);
    await Promise.all(clients.map(untilServing));
  } catch (error) {
    await stop();
    throw error;
  } finally {
    for (const client of clients) client.disconnect();
  }
  return {
    nodes: nodes.map(({ process }) => process),
    startupNodes: nodes.map(({ process }) => ({ host: HOST, port: process.port })),
    stop,
  };
}

async function startNode(): Promise<{ process: RedisProcess; busPort: number }> {
  const busPort = await freePort();
  const settings = {
    'cluster-enabled': 'yes',
    'cluster-port': String(busPort),
    'cluster-node-timeout': '5000',
  };
  return { process: await startRedis({ settings }), busPort };
}

async function assignSlots(client: Redis, position: number, masters: number): Promise<void> {
  const firstOf = (node: number): number => Math.floor((node * SLOTS) / masters);
  await client.call('CLUSTER', 'ADDSLOTSRANGE', firstOf(position), firstOf(position + 1) - 1);
  await client.call('CLUSTER', 'SET-CONFIG-EPOCH', position + 1);
}

async function meet(
  client: Redis,
  nodes: readonly { process: RedisProcess; busPort: number }[],
): Promise<void> {
  for (const { process, busPort } of nodes) {
    await client.call('CLUSTER', 'MEET', HOST, process.port, busPort);
  }
}

/** Redis tells nobody when a cluster has formed: it has to be asked. */
async function untilServing(client: Redis): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await client.cluster('INFO')).includes('cluster_state:ok')) {
    if (Date.now() > deadline) throw new Error('The Redis Cluster did not form.');
    await delay(POLL_MS);
  }
}
