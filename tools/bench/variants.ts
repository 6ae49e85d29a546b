import { randomBytes } from 'node:crypto';
import { startRedis, type RedisProcess } from '@bytechat/testing/redis';
import { socketIoMember, wsMember, type Counter, type Member } from './member.ts';
import { ServerProcess } from './process.ts';
import { gatewayRoom } from './room.ts';

/** Servers that do the same work, ready for it. */
export interface Running {
  /** Whose processor time counts: the servers, and their Redis. */
  pids: number[];
  /** Of these the servers alone: whose memory counts. */
  servers: number[];
  rooms(count: number, size: number, counter: Counter): Promise<Member[][]>;
  stop(): Promise<void>;
}

export interface Variant {
  name: string;
  start(): Promise<Running>;
}

const OUT_OF_THE_WAY = '1000000';
const GATEWAY = 'apps/gateway/dist/main.mjs';

/** Everything on: the log, acknowledgements, security. Limits are above the load. */
const gatewayEnv = {
  BYTECHAT_PORT: '0',
  BYTECHAT_INTERNAL_PORT: '0',
  BYTECHAT_DRAIN_SECONDS: '0',
  BYTECHAT_MESSAGE_INTERVAL_MS: '1',
  BYTECHAT_MESSAGE_BURST: '1000',
  BYTECHAT_MAX_CONNECTIONS_PER_ADDRESS: OUT_OF_THE_WAY,
  BYTECHAT_HANDSHAKES_PER_MINUTE: OUT_OF_THE_WAY,
  BYTECHAT_JOINS_PER_MINUTE: OUT_OF_THE_WAY,
  BYTECHAT_MAX_ROOMS_PER_ADDRESS: OUT_OF_THE_WAY,
};

export const VARIANTS: readonly Variant[] = [
  { name: 'ws', start: () => plain('tools/bench/servers/ws-server.ts', wsMember) },
  { name: 'socket.io', start: () => plain('tools/bench/servers/socket-io-server.ts', socketIoMember) },
  { name: 'socket.io + redis, 2 pods', start: () => plainOverRedis() },
  { name: 'bytechat', start: () => gateways(1) },
  { name: 'bytechat + redis, 2 pods', start: () => gateways(2) },
];

type Enter = (port: number, room: string, counter: Counter) => Promise<Member>;

async function plain(script: string, enter: Enter): Promise<Running> {
  const server = await ServerProcess.start(script);
  return running([server], undefined, (rooms, size, counter) =>
    entered([server], rooms, size, counter, enter),
  );
}

async function plainOverRedis(): Promise<Running> {
  const redis = await startRedis();
  const env = { REDIS_URL: redis.url };
  const start = () => ServerProcess.start('tools/bench/servers/socket-io-server.ts', env);
  const servers = await Promise.all([start(), start()]);
  return running(servers, redis, (rooms, size, counter) =>
    entered(servers, rooms, size, counter, socketIoMember),
  );
}

async function gateways(count: number): Promise<Running> {
  const redis = count === 1 ? undefined : await startRedis();
  const shared: Record<string, string> =
    redis === undefined
      ? {}
      : { BYTECHAT_REDIS_URL: redis.url, BYTECHAT_SECRET_KEY: randomBytes(32).toString('hex') };
  const start = () => ServerProcess.start(GATEWAY, { ...gatewayEnv, ...shared });
  const servers = await Promise.all(Array.from({ length: count }, start));
  const ports = servers.map(({ port }) => port);
  return running(servers, redis, async (rooms, size, counter) => {
    const made: Member[][] = [];
    for (let room = 0; room < rooms; room++) made.push(await gatewayRoom(ports, size, counter));
    return made;
  });
}

async function entered(
  servers: readonly ServerProcess[],
  rooms: number,
  size: number,
  counter: Counter,
  enter: Enter,
): Promise<Member[][]> {
  const made: Member[][] = [];
  for (let room = 0; room < rooms; room++) {
    const ports = Array.from({ length: size }, (_, i) => servers[i % servers.length]!.port);
    made.push(await Promise.all(ports.map((port) => enter(port, `r${room}`, counter))));
  }
  return made;
}

function running(
  servers: readonly ServerProcess[],
  redis: RedisProcess | undefined,
  rooms: Running['rooms'],
): Running {
  const own = servers.map(({ pid }) => pid);
  return {
    pids: redis === undefined ? own : [...own, redis.pid],
    servers: own,
    rooms,
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await redis?.stop();
    },
  };
}
