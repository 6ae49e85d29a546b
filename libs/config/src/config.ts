import { randomBytes } from 'node:crypto';
import type { RedisLocation } from './redis-location.ts';
import { MIN_SECRET_BYTES, type Variables } from './variables.ts';

/** The gateway's configuration, read once at start and never changed. Durations carry their unit in the name. */
export interface GatewayConfig {
  host: string;
  port: number;
  internalHost: string;
  internalPort: number;
  /** Undefined: the embedded store. */
  redis: RedisLocation | undefined;
  /** Replicas that must have what is acknowledged. */
  redisReplicas: number;
  secretKey: Uint8Array<ArrayBuffer>;
  /** Undefined: the request's own host. */
  allowedOrigins: readonly string[] | undefined;
  trustedProxies: readonly string[];
  webRoot: string | undefined;
  roomCleanupIntervalSeconds: number;
  emptyRoomSeconds: number;
  sessionTimeoutSeconds: number;
  maxMessages: number;
  maxUsersPerRoom: number;
  maxRoomsPerAddress: number;
  maxConnectionsPerAddress: number;
  handshakesPerMinute: number;
  joinsPerMinute: number;
  messageIntervalMs: number;
  messageBurst: number;
  /** In bytes: one file, all files of a room, all files that came from an address. */
  maxAttachmentBytes: number;
  maxAttachmentBytesPerRoom: number;
  maxAttachmentBytesPerAddress: number;
  drainSeconds: number;
  logLevel: Variables['BYTECHAT_LOG_LEVEL'];
}

/** From the environment's names to the code's. */
export function toConfig(read: Variables): GatewayConfig {
  const secret = read.BYTECHAT_SECRET_KEY;
  return {
    host: read.BYTECHAT_HOST,
    port: read.BYTECHAT_PORT,
    internalHost: read.BYTECHAT_INTERNAL_HOST,
    internalPort: read.BYTECHAT_INTERNAL_PORT,
    redis: read.BYTECHAT_REDIS_URL,
    redisReplicas: read.BYTECHAT_REDIS_REPLICAS ?? replicasOf(read.BYTECHAT_REDIS_URL),
    secretKey: secret === undefined ? randomSecret() : new TextEncoder().encode(secret),
    allowedOrigins: read.BYTECHAT_ALLOWED_ORIGINS,
    trustedProxies: read.BYTECHAT_TRUSTED_PROXIES ?? [],
    webRoot: read.BYTECHAT_WEB_ROOT,
    roomCleanupIntervalSeconds: read.BYTECHAT_ROOM_CLEANUP_INTERVAL_SECONDS,
    emptyRoomSeconds: read.BYTECHAT_EMPTY_ROOM_SECONDS,
    sessionTimeoutSeconds: read.BYTECHAT_SESSION_TIMEOUT_SECONDS,
    maxMessages: read.BYTECHAT_MAX_MESSAGES,
    maxUsersPerRoom: read.BYTECHAT_MAX_USERS_PER_ROOM,
    maxRoomsPerAddress: read.BYTECHAT_MAX_ROOMS_PER_ADDRESS,
    maxConnectionsPerAddress: read.BYTECHAT_MAX_CONNECTIONS_PER_ADDRESS,
    handshakesPerMinute: read.BYTECHAT_HANDSHAKES_PER_MINUTE,
    joinsPerMinute: read.BYTECHAT_JOINS_PER_MINUTE,
    messageIntervalMs: read.BYTECHAT_MESSAGE_INTERVAL_MS,
    messageBurst: read.BYTECHAT_MESSAGE_BURST,
    maxAttachmentBytes: read.BYTECHAT_MAX_ATTACHMENT_BYTES,
    maxAttachmentBytesPerRoom: read.BYTECHAT_MAX_ATTACHMENT_BYTES_PER_ROOM,
    maxAttachmentBytesPerAddress: read.BYTECHAT_MAX_ATTACHMENT_BYTES_PER_ADDRESS,
    drainSeconds: read.BYTECHAT_DRAIN_SECONDS,
    logLevel: read.BYTECHAT_LOG_LEVEL,
  };
}

/** Where a master may be replaced, one replica has to know what it acknowledged. */
const replicasOf = (location: RedisLocation | undefined): number =>
  location === undefined || location.kind === 'standalone' ? 0 : 1;

/** A secret of this process alone: enough for the embedded store, which ends with it. */
function randomSecret(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(randomBytes(MIN_SECRET_BYTES));
}
