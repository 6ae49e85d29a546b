import { startRedis } from '@bytechat/testing/redis';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';

/** One address holds everybody here, and they are in a hurry. */
const ENV = {
  BYTECHAT_HANDSHAKES_PER_MINUTE: '100000',
  BYTECHAT_JOINS_PER_MINUTE: '100000',
  BYTECHAT_MAX_CONNECTIONS_PER_ADDRESS: '10000',
  BYTECHAT_MAX_ROOMS_PER_ADDRESS: '10000',
  BYTECHAT_SECRET_KEY: 'a crowd test key of thirty-two bytes or more',
  BYTECHAT_LOG_LEVEL: 'warn',
};

/** Three gateways and the Redis that they share. */
export async function threeGateways(): Promise<{ urls: string[]; stop(): Promise<void> }> {
  const redis = await startRedis();
  const env = { ...ENV, BYTECHAT_REDIS_URL: redis.url };
  const gateways = await Promise.all([0, 1, 2].map(() => GatewayProcess.start(env)));
  return {
    urls: gateways.map(({ port }) => `http://127.0.0.1:${port}`),
    stop: async () => {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
      await redis.stop();
    },
  };
}
