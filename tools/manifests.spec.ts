import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..');
const base = join(root, 'deploy/k8s/base');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

type Labels = Record<string, string>;
interface Container {
  name: string;
  image: string;
  env?: { name: string }[];
  ports?: { name: string; containerPort: number }[];
  securityContext?: Record<string, unknown>;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  resources?: { requests?: object; limits?: { memory?: string } };
}
interface Probe {
  httpGet?: { path: string; port: string };
  failureThreshold: number;
}
interface PodSpec {
  automountServiceAccountToken: boolean;
  terminationGracePeriodSeconds: number;
  securityContext: { runAsNonRoot: boolean; runAsUser: number; seccompProfile: { type: string } };
  containers: Container[];
  volumes?: { name: string; emptyDir?: { medium?: string }; secret?: { secretName: string } }[];
}
interface Manifest {
  kind: string;
  metadata: { name: string; labels?: Labels };
  data?: Record<string, string>;
  spec: {
    replicas?: number;
    minReadySeconds?: number;
    strategy?: { type: string; rollingUpdate: { maxSurge: number; maxUnavailable: number } };
    selector?: { matchLabels: Labels } | Labels;
    podSelector?: { matchLabels?: Labels };
    policyTypes?: string[];
    ingress?: unknown;
    egress?: unknown;
    minAvailable?: number;
    template?: { metadata: { labels: Labels }; spec: PodSpec };
    ports?: { targetPort: string }[];
  };
}

const { resources } = parse(readFileSync(join(base, 'kustomization.yaml'), 'utf8')) as {
  resources: string[];
};
const manifests = resources.flatMap((file) =>
  parseAllDocuments(readFileSync(join(base, file), 'utf8')).map((document) => document.toJS() as Manifest),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const named = (kind: string, name: string) => {
  const found = ofKind(kind).find((manifest) => manifest.metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}.`);
  return found;
};
const workloads = [...ofKind('Deployment'), ...ofKind('StatefulSet')];
const podOf = (workload: Manifest) => workload.spec.template!;
const gateway = named('Deployment', 'gateway');
const gatewayPod = podOf(gateway).spec;

describe.each(workloads.map((workload) => [workload.metadata.name, workload] as const))(
  'The pods of %s',
  (_name, workload) => {
    const { spec } = podOf(workload);

    test('run as an ordinary user, without a token of the cluster', () => {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.securityContext.runAsUser).toBeGreaterThan(0);
      expect(spec.automountServiceAccountToken).toBe(false);
    });

    test.each(spec.containers.map((container) => [container.name, container] as const))(
      'keep container %s read-only, without capabilities, probed and bounded',
      (_container, container) => {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.livenessProbe).toBeDefined();
        expect(container.readinessProbe?.failureThreshold).toBeGreaterThanOrEqual(3);
        expect(container.resources?.requests).toBeDefined();
        expect(container.resources?.limits?.memory).toBeDefined();
      },
    );

    test('write to memory only', () => {
      const folders = (spec.volumes ?? []).filter((volume) => volume.emptyDir);
      expect(folders.filter((volume) => volume.emptyDir?.medium !== 'Memory')).toEqual([]);
    });

    test('bear the labels that their workload selects', () => {
      const { matchLabels } = workload.spec.selector as { matchLabels: Labels };
      expect(podOf(workload).metadata.labels).toMatchObject(matchLabels);
    });
  },
);

describe('The gateway', () => {
  test('is replaced one by one, never below its number', () => {
    expect(gateway.spec).toMatchObject({
      replicas: 3,
      minReadySeconds: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    expect(named('PodDisruptionBudget', 'gateway').spec.minAvailable).toBeLessThan(3);
  });

  test('has time for its pause, its drain and 10 s more', () => {
    const pause = gatewayPod.containers[0]!.lifecycle!.preStop!.sleep!.seconds;
    const drain = Number(named('ConfigMap', 'gateway').data!['BYTECHAT_DRAIN_SECONDS']);
    expect(gatewayPod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(pause + drain + 10);
  });

  test('is restarted for itself alone, and left out while Redis is away', () => {
    const [container] = gatewayPod.containers;
    expect(container!.livenessProbe?.httpGet).toEqual({ path: '/healthz', port: 'internal' });
    expect(container!.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'internal' });
  });

  test('takes its key from a secret that no manifest holds', () => {
    expect(gatewayPod.volumes).toContainEqual(
      expect.objectContaining({ secret: expect.objectContaining({ secretName: 'bytechat' }) as unknown }),
    );
    expect(ofKind('Secret')).toEqual([]);
  });
});

describe('Names meet their other side', () => {
  const targets = (kind: string) =>
    ofKind(kind).map((manifest) => [manifest.metadata.name, manifest] as const);

  test.each(targets('Service'))('service %s finds pods, and its port one of theirs', (_name, service) => {
    const labels = service.spec.selector as Labels;
    const backing = workloads.filter((each) => matches(podOf(each).metadata.labels, labels));
    expect(backing).toHaveLength(1);
    const ports = podOf(backing[0]!).spec.containers.flatMap((container) =>
      container.ports?.map((port) => port.name),
    );
    expect(ports).toEqual(expect.arrayContaining(service.spec.ports!.map((port) => port.targetPort)));
  });

  test.each(targets('PodDisruptionBudget'))('disruption budget %s guards pods', (_name, budget) => {
    const { matchLabels } = budget.spec.selector as { matchLabels: Labels };
    expect(workloads.filter((each) => matches(podOf(each).metadata.labels, matchLabels))).toHaveLength(1);
  });

  test.each(targets('NetworkPolicy').filter(([, policy]) => policy.spec.podSelector?.matchLabels))(
    'network policy %s is about pods that exist',
    (_name, policy) => {
      const labels = policy.spec.podSelector!.matchLabels!;
      expect(workloads.filter((each) => matches(podOf(each).metadata.labels, labels))).toHaveLength(1);
    },
  );

  test('every BYTECHAT_ name of the manifests and of compose is one that the gateway reads', () => {
    const known = [...text('.env.example').matchAll(/\b(BYTECHAT_\w+)=/g)].map((match) => match[1]!);
    expect(known).toContain('BYTECHAT_REDIS_URL');
    const readable = new Set([...known, 'BYTECHAT_SECRET_KEY_FILE']);
    const compose = parse(text('docker-compose.yml'), { merge: true }) as Compose;
    const used = [
      ...Object.keys(named('ConfigMap', 'gateway').data!),
      ...gatewayPod.containers[0]!.env!.map((variable) => variable.name),
      ...Object.keys(compose.services['gateway']!.environment!),
    ];
    expect(used.filter((name) => !readable.has(name))).toEqual([]);
  });
});

test('Nobody talks to anybody unless a policy says so', () => {
  const { spec } = named('NetworkPolicy', 'default-deny');
  expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

test('The namespace enforces the restricted profile', () => {
  expect(named('Namespace', 'bytechat').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
});

interface Compose {
  services: Record<string, ComposeService>;
}
interface ComposeService {
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  ports?: string[];
  environment?: Record<string, string>;
  command?: string[];
  tmpfs?: string[];
  deploy?: { replicas: number };
}

describe('docker compose', () => {
  const { services } = parse(text('docker-compose.yml'), { merge: true }) as Compose;

  test.each(Object.entries(services))('hardens %s', (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  test('publishes one port, on the loopback address only', () => {
    expect(Object.values(services).flatMap((service) => service.ports ?? [])).toEqual([
      '127.0.0.1:${BYTECHAT_PORT:-8080}:8080',
    ]);
  });

  test('runs three gateways', () => {
    expect(services['gateway']?.deploy?.replicas).toBe(3);
  });

  test.each([
    ['compose', services['redis']!.command!],
    [
      'the cluster',
      (podOf(named('StatefulSet', 'redis')).spec.containers[0] as unknown as { args: string[] }).args,
    ],
  ])('in %s, Redis keeps its log in memory and evicts nothing', (_where, options) => {
    expect(options).toEqual(
      expect.arrayContaining([
        '--save ""',
        '--appendonly yes',
        '--dir /data',
        '--maxmemory-policy noeviction',
      ]),
    );
    expect(services['redis']!.tmpfs![0]).toMatch(/^\/data:/);
  });
});

describe('The images', () => {
  const dockerfile = text('deploy/docker/Dockerfile');

  test('end as an ordinary user', () => {
    const stages = dockerfile.split(/^FROM /m).slice(1);
    const final = stages.filter((stage) => / AS (gateway|web)\b/.test(stage.split('\n')[0]!));
    expect(final).toHaveLength(2);
    for (const stage of final) expect(stage).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  });

  test('never start the development server', () => {
    expect(dockerfile).toContain('NODE_ENV=production');
    expect(dockerfile).not.toMatch(/COPY --from=build \/src\/?\s|tools\//);
  });

  test('log no request: its path and address would tell of rooms', () => {
    const nginx = text('deploy/docker/nginx.conf');
    expect(nginx).toMatch(/^\s*access_log off;$/m);
    expect(nginx).toMatch(/^error_log stderr emerg;$/m);
    expect(nginx.match(/access_log/g)).toHaveLength(1);
  });
});

function matches(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
