export { freePort, startRedis, type RedisOptions, type RedisProcess } from './redis-process.ts';
export { startRedisCluster, type RedisClusterProcesses } from './redis-cluster.ts';
