import { describe, expect, test } from '@jest/globals';
import { containerOf, podOf } from './cluster.ts';
import { clusters, production, withIngress, withRoute } from './clusters.ts';
import { gatewayVariables } from './variables.ts';

describe.each(clusters)('The gateway of %s', (_name, cluster) => {
  const gateway = cluster.get('Deployment', 'gateway');
  const { spec } = podOf(gateway);
  const container = containerOf(gateway);
  const settings = cluster.get('ConfigMap', 'gateway').data!;

  test('is replaced one by one, never below its number', () => {
    expect(gateway.spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
    expect(gateway.spec.minReadySeconds).toBe(10);
  });

  test('has three pods at least, of which a disruption leaves two', () => {
    const least = gateway.spec.replicas ?? cluster.get('HorizontalPodAutoscaler', 'gateway').spec.minReplicas;
    expect(least).toBe(3);
    const { minAvailable } = cluster.get('PodDisruptionBudget', 'gateway').spec;
    const left =
      typeof minAvailable === 'number' ? minAvailable : Math.ceil((parseInt(minAvailable!, 10) / 100) * 3);
    expect(left).toBe(2);
  });

  test('pauses without a shell before it is told to end', () => {
    expect(container.lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });

  test('has time for its pause, its drain and 10 s more', () => {
    const pause = container.lifecycle!.preStop!.sleep!.seconds;
    const drain = Number(settings['BYTECHAT_DRAIN_SECONDS']);
    expect(drain).toBeGreaterThan(0);
    expect(spec.terminationGracePeriodSeconds).toBe(pause + drain + 10);
  });

  test('is restarted for its process alone, never for Redis', () => {
    expect(container.livenessProbe?.httpGet).toEqual({ path: '/healthz', port: 'internal' });
    expect(container.startupProbe?.httpGet).toEqual({ path: '/healthz', port: 'internal' });
  });

  test('is left out while it drains or Redis is away', () => {
    expect(container.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'internal' });
  });

  test('listens where its ports say, and probes and Prometheus reach the internal one', () => {
    expect(container.ports).toEqual([
      { name: 'http', containerPort: Number(settings['BYTECHAT_PORT']) },
      { name: 'internal', containerPort: Number(settings['BYTECHAT_INTERNAL_PORT']) },
    ]);
    expect(settings['BYTECHAT_INTERNAL_HOST']).toBe('0.0.0.0');
    expect(podOf(gateway).metadata.annotations).toMatchObject({
      'prometheus.io/port': settings['BYTECHAT_INTERNAL_PORT'],
      'prometheus.io/path': '/metrics',
    });
  });

  test('takes its key from a secret that no manifest holds', () => {
    expect(spec.volumes).toContainEqual(
      expect.objectContaining({ secret: expect.objectContaining({ secretName: 'bytechat' }) as unknown }),
    );
    expect(container.env).toContainEqual({ name: 'BYTECHAT_SECRET_KEY_FILE', value: '/secrets/secret-key' });
    expect(cluster.ofKind('Secret')).toEqual([]);
  });

  test('is given only variables that it reads, and finds Redis by one', () => {
    const given = [...Object.keys(settings), ...container.env!.map(({ name }) => name)];
    const own = given.filter((name) => name.startsWith('BYTECHAT_'));
    expect(own.filter((name) => !gatewayVariables.has(name))).toEqual([]);
    expect(own).toContain('BYTECHAT_REDIS_URL');
  });

  test('is reached by Service on its public port only', () => {
    expect(cluster.get('Service', 'gateway').spec.ports?.map(({ targetPort }) => targetPort)).toEqual([
      'http',
    ]);
  });
});

describe.each(production)('The size of %s', (_name, cluster) => {
  const { spec } = cluster.get('HorizontalPodAutoscaler', 'gateway');

  test('follows the connections of a pod, not its CPU', () => {
    expect(spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' });
    expect(spec.metrics).toEqual([
      {
        type: 'Pods',
        pods: {
          metric: { name: 'bytechat_connections' },
          target: { type: 'AverageValue', averageValue: '2000' },
        },
      },
    ]);
  });

  test('shrinks by one pod a minute, and after five quiet minutes at the earliest', () => {
    expect(spec.behavior!.scaleDown.stabilizationWindowSeconds).toBeGreaterThanOrEqual(300);
    expect(spec.behavior!.scaleDown.policies).toEqual([{ type: 'Pods', value: 1, periodSeconds: 60 }]);
  });

  test('is the autoscaler’s alone to say', () => {
    expect(cluster.get('Deployment', 'gateway').spec.replicas).toBeUndefined();
    expect(spec.minReplicas).toBeLessThan(spec.maxReplicas!);
  });

  test('spreads gateways over zones as well', () => {
    const keys = podOf(cluster.get('Deployment', 'gateway')).spec.topologySpreadConstraints!.map(
      ({ topologyKey }) => topologyKey,
    );
    expect(keys).toContain('topology.kubernetes.io/zone');
  });
});

describe.each(withIngress)('The ingress of %s', (_name, cluster) => {
  const { metadata, spec } = cluster.get('Ingress', 'bytechat');

  test('keeps a WebSocket open for longer than the longest quiet (10 s + 8 s)', () => {
    expect(Number(metadata.annotations!['nginx.ingress.kubernetes.io/proxy-read-timeout'])).toBeGreaterThan(
      18,
    );
    expect(Number(metadata.annotations!['nginx.ingress.kubernetes.io/proxy-send-timeout'])).toBeGreaterThan(
      18,
    );
    expect(metadata.annotations!['haproxy.org/timeout-tunnel']).toBe('1h');
  });

  test('logs no request: its path and address would tell of rooms', () => {
    expect(metadata.annotations!['nginx.ingress.kubernetes.io/enable-access-log']).toBe('false');
  });

  test('leads WebSockets and the API straight to the gateways, by ports that exist', () => {
    const paths = spec.rules!.flatMap((rule) => rule.http!.paths);
    expect(paths.map(({ path, backend }) => `${path} → ${backend.service.name}`)).toEqual([
      '/socket.io → gateway',
      '/api → gateway',
      '/ → web',
    ]);
    for (const { backend } of paths) {
      const ports = cluster.get('Service', backend.service.name).spec.ports!;
      expect(ports.map(({ name }) => name)).toContain(backend.service.port.name);
    }
  });
});

describe.each(withRoute)('The route of %s', (_name, cluster) => {
  const { rules = [] } = cluster.get('HTTPRoute', 'bytechat').spec;

  test('sets no end to a WebSocket', () => {
    const [toGateway] = rules;
    expect(toGateway!.matches!.map(({ path }) => path.value)).toEqual(['/socket.io', '/api']);
    expect(toGateway!.timeouts).toEqual({ request: '0s', backendRequest: '0s' });
  });

  test('leads to ports that exist', () => {
    for (const { name, port } of rules.flatMap(({ backendRefs = [] }) => backendRefs))
      expect(cluster.get('Service', name).spec.ports!.map((each) => each.port)).toContain(port);
  });
});
