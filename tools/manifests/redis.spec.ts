import { describe, expect, test } from '@jest/globals';
import { bytes, containerOf, podOf, type Cluster, type Manifest } from './cluster.ts';
import { withRedis, withSentinel } from './clusters.ts';

describe.each(withRedis)('Redis in %s', (_name, cluster) => {
  const redis = cluster.get('StatefulSet', 'redis');
  const start = startOf(redis, cluster);

  test('keeps its log in memory and makes no snapshot', () => {
    expect(start).toMatch(/save ""/);
    expect(start).toMatch(/appendonly yes/);
    expect(start).toMatch(/dir \/data/);
    expect(containerOf(redis).volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
    expect(podOf(redis).spec.volumes).toContainEqual(
      expect.objectContaining({
        name: 'data',
        emptyDir: expect.objectContaining({ medium: 'Memory' }) as unknown,
      }),
    );
  });

  test('never evicts a part of a room', () => {
    expect(start).toMatch(/maxmemory-policy noeviction/);
  });

  test('has room for its data, the copy of a rewrite and the log', () => {
    const [, most = ''] = /(?:--maxmemory |MAXMEMORY=)(\d+mb)/.exec(start) ?? [];
    const disk = podOf(redis).spec.volumes!.find(({ name }) => name === 'data')!.emptyDir!.sizeLimit!;
    expect(bytes(disk)).toBeGreaterThanOrEqual(3 * bytes(most));
    const limit = bytes(containerOf(redis).resources!.limits!.memory!);
    expect(limit).toBeGreaterThanOrEqual(2 * bytes(most) + bytes(disk));
  });

  test('asks for a password', () => {
    expect(start).toMatch(/requirepass \$\(?REDISCLI_AUTH/);
    expect(containerOf(redis).env).toContainEqual({
      name: 'REDISCLI_AUTH',
      valueFrom: { secretKeyRef: { name: 'bytechat', key: 'redis-password' } },
    });
  });

  test('cuts a subscriber that does not read at a known size', () => {
    expect(start).toMatch(/client-output-buffer-limit pubsub 32mb 8mb 60/);
  });

  test('is not ready while it loads', () => {
    expect(containerOf(redis).readinessProbe?.exec?.command.join(' ')).toContain('grep -q PONG');
  });
});

describe.each(withSentinel)('Sentinel in %s', (_name, cluster) => {
  const redis = cluster.get('StatefulSet', 'redis');
  const sentinel = cluster.get('StatefulSet', 'sentinel');
  const group = cluster.get('ConfigMap', 'redis-group').data!;

  test('is three, and watches three Redis, each on a node of its own', () => {
    for (const workload of [redis, sentinel]) {
      expect(workload.spec.replicas).toBe(3);
      expect(podOf(workload).spec.topologySpreadConstraints).toContainEqual(
        expect.objectContaining({
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'DoNotSchedule',
        }),
      );
    }
  });

  test('and Redis know each other by the names that their pods have', () => {
    const names = (workload: Manifest) =>
      [0, 1, 2].map((index) => `${workload.metadata.name}-${index}.${workload.spec.serviceName!}`).join(' ');
    expect(group).toMatchObject({ NODES: names(redis), SENTINELS: names(sentinel) });
    for (const name of ['redis', 'sentinel'])
      expect(cluster.get('Service', name).spec).toMatchObject({
        clusterIP: 'None',
        publishNotReadyAddresses: true,
      });
  });

  test('is asked by the gateway, by the same names and for the same group', () => {
    const url = containerOf(cluster.get('Deployment', 'gateway')).env!.find(
      ({ name }) => name === 'BYTECHAT_REDIS_URL',
    )!.value!;
    const hosts = group['SENTINELS']!.split(' ').map((host) => `${host}:26379`);
    expect(url).toBe(`redis+sentinel://default:$(REDIS_PASSWORD)@${hosts.join(',')}/bytechat`);
    expect(startOf(sentinel, cluster)).toMatch(/^GROUP=bytechat$/m);
  });

  test('needs two votes, and a master without a replica takes no write', () => {
    expect(startOf(sentinel, cluster)).toMatch(/sentinel monitor \$GROUP \$master 6379 2/);
    expect(startOf(redis, cluster)).toMatch(/min-replicas-to-write 1'\n +echo 'min-replicas-max-lag 2'/);
  });

  test('promotes another Redis before one ends on purpose', () => {
    expect(containerOf(redis).lifecycle?.preStop?.exec?.command).toEqual(['sh', '/scripts/hand-over.sh']);
    const [, patience] =
      /PATIENCE=(\d+)\nnamed_master/.exec(cluster.get('ConfigMap', 'redis-scripts').data!['hand-over.sh']!) ??
      [];
    expect(podOf(redis).spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(patience) + 20);
  });
});

/** Everything a workload starts with: its command, its arguments and the texts of its ConfigMaps. */
function startOf(workload: Manifest, cluster: Cluster): string {
  const { command = [], args = [], envFrom = [] } = containerOf(workload);
  const maps = [
    ...envFrom.map(({ configMapRef }) => configMapRef.name),
    ...(podOf(workload).spec.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []),
  ];
  const texts = maps.flatMap((name) =>
    Object.entries(cluster.get('ConfigMap', name).data ?? {}).map(([key, value]) => `${key}=${value}`),
  );
  return [...command, ...args, ...texts].join('\n');
}
