/** Where Redis is: one server, the first nodes of a cluster to ask, or the sentinels that know the master. */
export type RedisLocation =
  { kind: 'standalone'; url: string } | { kind: 'cluster'; nodes: string[] } | SentinelLocation;

export interface SentinelLocation {
  kind: 'sentinel';
  sentinels: { host: string; port: number }[];
  /** The name under which the sentinels watch the master. */
  name: string;
  /** Of the master; undefined where it needs none. */
  username: string | undefined;
  password: string | undefined;
  /** Of the sentinels themselves. */
  sentinelPassword: string | undefined;
  db: number;
}

const SENTINEL_PORT = 26_379;

/**
 * Reads `redis://host:port`, `rediss://…`, a comma list of them (a cluster), `redis+cluster://host:port,host:port`, or
 * `redis+sentinel://user:password@host:port,host:port/master/db?sentinelPassword=…`. Undefined when it is none of these.
 */
export function parseRedisLocation(text: string): RedisLocation | undefined {
  if (text.startsWith('redis+sentinel://')) return parseSentinel(text.slice('redis+sentinel://'.length));
  const clusterOnly = text.startsWith('redis+cluster://');
  const nodes = (clusterOnly ? text.replace('redis+cluster://', '') : text)
    .split(',')
    .map((part) => (part.includes('://') ? part.trim() : `redis://${part.trim()}`));
  if (!clusterOnly && !text.includes('://')) return undefined;
  if (!nodes.every(isRedisUrl)) return undefined;
  const [first, ...others] = nodes;
  if (first === undefined) return undefined;
  return clusterOnly || others.length > 0 ? { kind: 'cluster', nodes } : { kind: 'standalone', url: first };
}

function isRedisUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'redis:' || url.protocol === 'rediss:') && url.hostname !== '';
}

/** The first sentinel's part is a URL but for the comma; the others are hosts. */
function parseSentinel(text: string): SentinelLocation | undefined {
  const [hosts = '', ...path] = text.split('/');
  const [first = '', ...others] = hosts.split(',');
  const url = URL.parse(`redis://${first}/${path.join('/')}`);
  const sentinels = [first.slice(first.lastIndexOf('@') + 1), ...others].map(sentinelAt);
  if (url === null || !sentinels.every((each) => each !== undefined)) return undefined;
  const [, name = '', db = '0', ...more] = url.pathname.split('/');
  const [username, password] = [decoded(url.username), decoded(url.password)];
  if (username === undefined || password === undefined) return undefined;
  if (!/^[\w.-]+$/.test(name) || !/^\d{1,3}$/.test(db) || more.length > 0) return undefined;
  return {
    kind: 'sentinel',
    sentinels,
    name,
    username: username === '' ? undefined : username,
    password: password === '' ? undefined : password,
    sentinelPassword: url.searchParams.get('sentinelPassword') ?? undefined,
    db: Number(db),
  };
}

function sentinelAt(text: string): { host: string; port: number } | undefined {
  const url = URL.parse(`redis://${text.trim()}`);
  if (url === null || url.hostname === '' || url.username !== '' || url.pathname !== '') return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: url.port === '' ? SENTINEL_PORT : Number(url.port) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
