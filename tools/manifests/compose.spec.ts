import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { bytes } from './cluster.ts';
import { combinations, combine, hasCompose, resolve, root, type Service } from './compose.ts';
import { gatewayVariables } from './variables.ts';

/** What a service lacks of what all have in common: one line each. */
function softSpots(services: Record<string, Service>): string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const lacks = {
      'a read-only root': service.read_only === true,
      'dropped capabilities': service.cap_drop?.join() === 'ALL',
      'no-new-privileges': service.security_opt?.join() === 'no-new-privileges:true',
      'an init': service.init === true,
      'a limit of processes': Number(service.pids_limit) > 0,
      'a limit of memory': service.mem_limit !== undefined,
      'a limit of CPU that one CPU can give': Number(service.cpus) > 0 && Number(service.cpus) <= 1,
      'a limit of its log': service.logging?.options?.['max-size'] !== undefined,
    };
    return Object.entries(lacks)
      .filter(([, has]) => !has)
      .map(([what]) => `${name} lacks ${what}`);
  });
}

describe.each(combinations)('%s', (_name, files) => {
  const { services, volumes } = combine(files);

  test('hardens and bounds every service', () => {
    expect(softSpots(services)).toEqual([]);
  });

  test('publishes on the loopback address only', () => {
    const published = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(published[0]).toBe('127.0.0.1:${BYTECHAT_PORT:-8080}:8080');
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:\$\{BYTECHAT_\w+:-\d+\}:\d+$/);
  });

  test('names a version of every image', () => {
    for (const { image } of Object.values(services)) expect(image).toMatch(/:(v?\d[\w.-]*|local)$/);
  });

  test('keeps nothing of a room on a disk', () => {
    for (const [name, service] of Object.entries(services).filter(([each]) => each.startsWith('redis'))) {
      const [data] = (service.volumes as string[]).filter((volume) => volume.endsWith(':/data'));
      const volume = data?.split(':')[0] ?? '';
      expect([name, volumes[volume]?.driver_opts?.type]).toEqual([name, 'tmpfs']);
      expect(service.memswap_limit).toBe(service.mem_limit);
    }
  });

  test('keeps the memory of every Redis while it restarts', () => {
    const held = (services['rooms-in-memory']!.volumes as string[]).map((volume) => volume.split(':')[0]);
    const used = Object.entries(services)
      .filter(([name]) => name.startsWith('redis'))
      .map(([, service]) => (service.volumes as string[])[0]!.split(':')[0]);
    expect(held.sort()).toEqual([...new Set(used)].sort());
  });

  test('gives the gateway only variables that it reads', () => {
    const given = Object.keys(services['gateway']!.environment!);
    expect(given).toContain('BYTECHAT_REDIS_URL');
    expect(given.filter((name) => !gatewayVariables.has(name))).toEqual([]);
  });

  (hasCompose() ? test : test.skip)(
    'is accepted by docker compose, and is as hard when that has read it',
    () => {
      const resolved = resolve(files);
      expect(Object.keys(resolved.services).sort()).toEqual(Object.keys(services).sort());
      expect(softSpots(resolved.services)).toEqual([]);
      const ports = Object.values(resolved.services).flatMap((service) => service.ports ?? []);
      for (const port of ports) expect(port).toMatchObject({ host_ip: '127.0.0.1' });
    },
  );
});

test('A service that is open would be found', () => {
  expect(softSpots({ open: { read_only: true, init: true, cap_drop: ['ALL'], cpus: 4 } })).toEqual([
    'open lacks no-new-privileges',
    'open lacks a limit of processes',
    'open lacks a limit of memory',
    'open lacks a limit of CPU that one CPU can give',
    'open lacks a limit of its log',
  ]);
});

describe('docker compose up', () => {
  const { services } = combine(['docker-compose.yml']);

  test('runs three gateways behind one published port', () => {
    expect(services['gateway']?.deploy?.replicas).toBe(3);
    expect(Object.entries(services).filter(([, service]) => service.ports!.length > 0)).toHaveLength(1);
  });

  test('starts what the next one needs first, and waits until it is healthy', () => {
    expect(services['web']!.depends_on).toEqual({ gateway: { condition: 'service_healthy' } });
    expect(services['gateway']!.depends_on).toEqual({
      redis: { condition: 'service_healthy' },
      'secret-key': { condition: 'service_completed_successfully' },
    });
  });

  test('makes the secret key by itself, where every gateway finds it and only they', () => {
    const users = Object.entries(services).filter(([, service]) =>
      (service.volumes as string[]).some((volume) => volume.startsWith('secrets:')),
    );
    expect(users.map(([name]) => name)).toEqual(['secret-key', 'gateway']);
    expect(services['gateway']!.volumes).toEqual(['secrets:/secrets:ro']);
  });

  test('lets Redis write through to memory, never snapshot, never evict', () => {
    expect(services['redis']!.command).toEqual(
      expect.arrayContaining([
        '--save ""',
        '--appendonly yes',
        '--appendfsync always',
        '--dir /data',
        '--maxmemory-policy noeviction',
        '--client-output-buffer-limit pubsub 32mb 8mb 60',
      ]),
    );
  });

  test('gives Redis memory for its data, the copy of a rewrite and the log', () => {
    const { volumes } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as {
      volumes: { rooms: { driver_opts: { o: string } } };
    };
    const most = bytes(/--maxmemory (\w+)/.exec(services['redis']!.command!.join('\n'))![1]!);
    const log = bytes(/size=(\w+)/.exec(volumes.rooms.driver_opts.o)![1]!);
    expect(log).toBeGreaterThanOrEqual(3 * most);
    expect(bytes(services['redis']!.mem_limit!)).toBeGreaterThanOrEqual(2 * most + log);
  });
});

describe('docker-compose.ha.yml', () => {
  const { services } = combine(['docker-compose.yml', 'docker-compose.ha.yml']);
  const group = (name: string) => services[name]!.environment!;

  test('runs three Redis and three sentinels that know each other', () => {
    const nodes = ['redis', 'redis-2', 'redis-3'];
    const sentinels = ['sentinel-1', 'sentinel-2', 'sentinel-3'];
    expect(Object.keys(services)).toEqual(expect.arrayContaining([...nodes, ...sentinels]));
    for (const name of [...nodes, ...sentinels])
      expect(group(name)).toMatchObject({
        SELF: name,
        NODES: nodes.join(' '),
        SENTINELS: sentinels.join(' '),
      });
  });

  test('has the gateways ask the sentinels', () => {
    expect(group('gateway')['BYTECHAT_REDIS_URL']).toBe(
      'redis+sentinel://sentinel-1:26379,sentinel-2:26379,sentinel-3:26379/bytechat',
    );
  });
});

describe('docker-compose.observability.yml', () => {
  const { services } = combine(['docker-compose.yml', 'docker-compose.observability.yml']);

  test.each(['prometheus', 'grafana'])('mounts only files of this repository into %s', (name) => {
    const mounted = (services[name]!.volumes as string[]).filter((volume) => volume.startsWith('./'));
    expect(mounted.length).toBeGreaterThan(0);
    for (const volume of mounted) {
      const [source = '', , mode] = volume.split(':');
      expect(mode).toBe('ro');
      expect([source, existsSync(join(root, source))]).toEqual([source, true]);
    }
  });

  test('scrapes every gateway on its internal port, and reads our alerts', () => {
    const { scrape_configs: scrapes, rule_files: rules } = parse(
      readFileSync(join(root, 'deploy/docker/observability/prometheus.yml'), 'utf8'),
    ) as { scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[]; rule_files: string[] };
    expect(scrapes[0]!.dns_sd_configs[0]).toMatchObject({ names: ['gateway'], port: 8081 });
    expect(services['gateway']!.environment).toMatchObject({ BYTECHAT_INTERNAL_HOST: '0.0.0.0' });
    expect(rules).toEqual(['/etc/prometheus/rules/*.yaml']);
  });

  test('lets nobody log in to Grafana, and Grafana tell nobody', () => {
    expect(services['grafana']!.environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
    });
  });
});
