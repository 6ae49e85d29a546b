import { existsSync } from 'node:fs';
import { join } from 'node:path';
import proxyAddr from 'proxy-addr';
import * as z from 'zod';
import { parseRedisLocation } from './redis-location.ts';

/** Length of BYTECHAT_SECRET_KEY in bytes of text, at least (PROTOCOL decision 21). */
export const MIN_SECRET_BYTES = 32;

const MIB = 1024 * 1024;
/** What clients accept at most (PROTOCOL decision 25). */
const MAX_ATTACHMENT_MIB = 25;

/** What the documentation says of a variable besides its description. */
interface Meta {
  description: string;
  /** The default as one would write it; absent when unset means something of its own. */
  fallback?: string;
}

const optional = <T extends z.ZodType>(schema: T, description: string) =>
  schema.optional().meta({ description } satisfies Meta);

const withDefault = <T extends z.ZodType<unknown, string>>(
  schema: T,
  fallback: string,
  description: string,
) =>
  z
    .string()
    .prefault(fallback)
    .pipe(schema)
    .meta({ description, fallback } satisfies Meta);

const integer = (fallback: number, range: { min: number; max: number }, description: string) =>
  withDefault(
    z
      .string()
      .regex(/^\d{1,12}$/, 'must be a whole number')
      .transform(Number)
      .pipe(
        z
          .number()
          .min(range.min, `must be at least ${range.min}`)
          .max(range.max, `must be at most ${range.max}`),
      ),
    String(fallback),
    description,
  );

const seconds = (fallback: number, description: string) =>
  integer(fallback, { min: 1, max: 2_000_000 }, description);
const count = (fallback: number, description: string, max = 1_000_000) =>
  integer(fallback, { min: 1, max }, description);
const port = (fallback: number, description: string) =>
  integer(fallback, { min: 0, max: 65_535 }, description);

const host = z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address');

const list = (isValid: (item: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .refine((items) => items.every(isValid), message);

function isOrigin(text: string): boolean {
  return URL.parse(text)?.origin === text && /^https?:/.test(text);
}

function isProxyRange(text: string): boolean {
  try {
    proxyAddr.compile([text]);
    return true;
  } catch {
    return false;
  }
}

/** Every variable the gateway reads: what it accepts, its default, and one line for the documentation. */
export const variables = z.object({
  BYTECHAT_HOST: withDefault(host, '127.0.0.1', 'Address the public server listens on.'),
  BYTECHAT_PORT: port(8080, 'Port of the public server; 0 takes any free one.'),
  BYTECHAT_INTERNAL_HOST: withDefault(
    host,
    '127.0.0.1',
    'Address the internal server (health, readiness, metrics, version) listens on.',
  ),
  BYTECHAT_INTERNAL_PORT: port(8081, 'Port of the internal server; 0 takes any free one.'),
  BYTECHAT_REDIS_URL: optional(
    z
      .string()
      .transform((text) => parseRedisLocation(text))
      .refine(
        (location) => location !== undefined,
        'must be redis://host:port, rediss://…, redis+cluster://… or redis+sentinel://…',
      ),
    'Redis that holds the rooms: redis:// or rediss://; a comma list or redis+cluster:// for a cluster; redis+sentinel://user:password@host:26379,host:26379/mymaster for Sentinel. BYTECHAT_REDIS_URL_FILE names a file that holds it. Unset: the embedded store, one process, everything is gone when it ends.',
  ),
  BYTECHAT_REDIS_REPLICAS: optional(
    z
      .string()
      .regex(/^[0-5]$/, 'must be a number from 0 to 5')
      .transform(Number),
    'Replicas of Redis that must have a message before it is acknowledged. Unset: 1 with Sentinel or a cluster, otherwise 0. A cluster without replicas needs 0.',
  ),
  BYTECHAT_SECRET_KEY: optional(
    z
      .string()
      .refine(
        (text) => Buffer.byteLength(text) >= MIN_SECRET_BYTES,
        `must have at least ${MIN_SECRET_BYTES} bytes`,
      ),
    'Secret that verifiers of links and passwords are keyed with, at least 32 bytes, the same on every pod. Required with Redis; otherwise random at every start. BYTECHAT_SECRET_KEY_FILE names a file that holds it.',
  ),
  BYTECHAT_ALLOWED_ORIGINS: optional(
    list(isOrigin, 'must be a comma list of origins such as https://chat.example'),
    "Comma list of web origins that may connect, exactly as browsers send them. Unset: the request's own host, http or https.",
  ),
  BYTECHAT_TRUSTED_PROXIES: optional(
    list(isProxyRange, 'must be a comma list of addresses or CIDR ranges'),
    'Comma list of addresses or CIDR ranges of proxies whose X-Forwarded-For and X-Forwarded-Proto count, from the right. Unset: none.',
  ),
  BYTECHAT_WEB_ROOT: optional(
    z
      .string()
      .refine((folder) => existsSync(join(folder, 'index.html')), 'must be a folder with an index.html'),
    'Folder of the built web client. Unset: the gateway serves only its API.',
  ),
  BYTECHAT_ROOM_CLEANUP_INTERVAL_SECONDS: seconds(3600, 'How often what no expiry removes is swept.'),
  BYTECHAT_EMPTY_ROOM_SECONDS: seconds(3600, 'How long a room without members keeps its link.'),
  BYTECHAT_SESSION_TIMEOUT_SECONDS: seconds(
    3600,
    'How long a person may do nothing before the session ends (a notice comes first, the end 60 s later).',
  ),
  BYTECHAT_MAX_MESSAGES: count(512, 'Newest messages a room keeps until they expire.', 4_096),
  BYTECHAT_MAX_USERS_PER_ROOM: integer(1000, { min: 2, max: 1000 }, 'Members a room may have.'),
  BYTECHAT_MAX_ROOMS_PER_ADDRESS: count(100, 'Rooms alive at once that one address may have made.'),
  BYTECHAT_MAX_CONNECTIONS_PER_ADDRESS: count(100, 'Connections one address may hold open, over all pods.'),
  BYTECHAT_HANDSHAKES_PER_MINUTE: count(
    60,
    'New connections one address may make in a minute, over all pods.',
  ),
  BYTECHAT_JOINS_PER_MINUTE: count(
    30,
    'Rooms one address may enter (create, join, resume) in a minute, over all pods.',
  ),
  BYTECHAT_MESSAGE_INTERVAL_MS: count(1000, 'Milliseconds after which a member may send one more message.'),
  BYTECHAT_MESSAGE_BURST: count(5, 'Messages a member may send at once before the interval counts.', 1000),
  BYTECHAT_MAX_ATTACHMENT_BYTES: integer(
    5 * MIB,
    { min: 0, max: MAX_ATTACHMENT_MIB * MIB },
    'Largest file that a member may attach, in bytes; 0 takes none.',
  ),
  BYTECHAT_MAX_ATTACHMENT_BYTES_PER_ROOM: integer(
    50 * MIB,
    { min: 0, max: 1_000_000_000 },
    'Space that all files of one room may take at once, in bytes.',
  ),
  BYTECHAT_MAX_ATTACHMENT_BYTES_PER_ADDRESS: integer(
    100 * MIB,
    { min: 0, max: 10_000_000_000 },
    'Space that the files which came from one address may take at once, over all its rooms, in bytes.',
  ),
  BYTECHAT_DRAIN_SECONDS: integer(
    10,
    { min: 0, max: 600 },
    'How long clients have to move to another pod when this one is told to end.',
  ),
  BYTECHAT_LOG_LEVEL: withDefault(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be fatal, error, warn, info, debug or silent',
    }),
    'info',
    'Least severe line that is logged.',
  ),
});

export type Variables = z.infer<typeof variables>;
