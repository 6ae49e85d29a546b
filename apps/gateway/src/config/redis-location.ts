/** Where Redis is: one server, or the first nodes of a cluster to ask. */
export type RedisLocation = { kind: 'standalone'; url: string } | { kind: 'cluster'; nodes: string[] };

/**
 * Reads `redis://host:port`, `rediss://…`, a comma list of them (a cluster) or `redis+cluster://host:port,host:port`.
 * Undefined when it is none of these.
 */
export function parseRedisLocation(text: string): RedisLocation | undefined {
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
