/** The gateway's configuration: what the environment may say, read and judged, and how the documentation shows it. */
export type { GatewayConfig } from './config.ts';
export { configRows, configTable, envExample, type ConfigRow } from './config-rows.ts';
export { EXIT_CONFIG } from './exit-code.ts';
export { readConfig, type ConfigReading, type Environment } from './read-config.ts';
export type { RedisLocation, SentinelLocation } from './redis-location.ts';
