import { randomBytes } from 'node:crypto';
import type { GatewayConfig } from '@bytechat/config';

/** A configuration for tests: free ports, the embedded store, limits out of the way. */
export function testConfig(overrides: Partial<GatewayConfig> = {}): GatewayConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    internalHost: '127.0.0.1',
    internalPort: 0,
    redis: undefined,
    redisReplicas: 0,
    secretKey: Uint8Array.from(randomBytes(32)),
    allowedOrigins: undefined,
    trustedProxies: [],
    webRoot: undefined,
    roomCleanupIntervalSeconds: 3600,
    emptyRoomSeconds: 3600,
    sessionTimeoutSeconds: 3600,
    maxMessages: 512,
    maxUsersPerRoom: 1000,
    maxRoomsPerAddress: 1000,
    maxConnectionsPerAddress: 1000,
    handshakesPerMinute: 1000,
    joinsPerMinute: 1000,
    messageIntervalMs: 1000,
    messageBurst: 100,
    maxAttachmentBytes: 5 * 1024 * 1024,
    maxAttachmentBytesPerRoom: 50 * 1024 * 1024,
    maxAttachmentBytesPerAddress: 100 * 1024 * 1024,
    drainSeconds: 0,
    logLevel: 'debug',
    ...overrides,
  };
}
