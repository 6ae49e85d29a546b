import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { renderedFile } from './sources.mjs';

export type Labels = Record<string, string>;

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
}

export interface Probe {
  httpGet?: { path: string; port: string };
  exec?: { command: string[] };
  failureThreshold: number;
  periodSeconds: number;
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  envFrom?: { configMapRef: { name: string } }[];
  ports: { name: string; containerPort: number }[];
  volumeMounts?: { name: string; mountPath: string }[];
  securityContext?: object;
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number }; exec?: { command: string[] } } };
  resources?: { requests?: object; limits?: { memory?: string } };
}

export interface Volume {
  name: string;
  emptyDir?: { medium?: string; sizeLimit?: string };
  configMap?: { name: string };
  secret?: { secretName: string };
}

export interface PodSpec {
  automountServiceAccountToken: boolean;
  terminationGracePeriodSeconds: number;
  securityContext: { runAsUser: number };
  topologySpreadConstraints?: {
    topologyKey: string;
    whenUnsatisfiable: string;
    labelSelector: Selector;
  }[];
  containers: Container[];
  volumes?: Volume[];
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string };
}

export interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports: { protocol: string; port: number }[];
}

/** A manifest with the fields the tests ask for; which of them are there depends on its kind. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels; annotations?: Labels };
  data?: Record<string, string>;
  spec: {
    replicas?: number;
    minReadySeconds?: number;
    serviceName?: string;
    strategy?: object;
    selector?: Selector | Labels;
    template?: { metadata: { labels: Labels; annotations?: Labels }; spec: PodSpec };
    ports?: { name: string; port: number; targetPort: string }[];
    podSelector?: Selector;
    policyTypes?: string[];
    ingress?: Rule[];
    egress?: Rule[];
    minAvailable?: number | string;
    scaleTargetRef?: { kind: string; name: string };
    minReplicas?: number;
    maxReplicas?: number;
    metrics?: object[];
    behavior?: { scaleUp: Scaling; scaleDown: Scaling };
    rules?: {
      http?: { paths: { path: string; backend: { service: { name: string; port: { name: string } } } }[] };
      matches?: { path: { value: string } }[];
      timeouts?: object;
      backendRefs?: { name: string; port: number }[];
    }[];
  };
}

interface Scaling {
  stabilizationWindowSeconds: number;
  policies: { type: string; value: number; periodSeconds: number }[];
}

/** What one overlay puts into a cluster, as rendered. */
export class Cluster {
  readonly manifests: Manifest[];

  constructor(overlay: string) {
    this.manifests = parseAllDocuments(readFileSync(renderedFile(overlay), 'utf8')).map(
      (document) => document.toJS() as Manifest,
    );
  }

  ofKind(kind: string): Manifest[] {
    return this.manifests.filter((manifest) => manifest.kind === kind);
  }

  /** @throws when there is none. A generated ConfigMap is found by its name without the hash. */
  get(kind: string, name: string): Manifest {
    const found = this.ofKind(kind).find(
      ({ metadata }) => metadata.name === name || metadata.name.replace(/-[a-z0-9]{10}$/, '') === name,
    );
    if (!found) throw new Error(`There is no ${kind} ${name}.`);
    return found;
  }

  has(kind: string, name: string): boolean {
    return this.ofKind(kind).some(({ metadata }) => metadata.name === name);
  }

  get workloads(): Manifest[] {
    return [...this.ofKind('Deployment'), ...this.ofKind('StatefulSet')];
  }

  /** The workloads whose pods a selector of pods takes. */
  selected(selector: Selector): Manifest[] {
    return this.workloads.filter((workload) => takes(selector, podOf(workload).metadata.labels));
  }
}

/** @throws when the manifest has no pods. */
export function podOf(workload: Manifest): NonNullable<Manifest['spec']['template']> {
  if (!workload.spec.template) throw new Error(`${workload.metadata.name} has no pods.`);
  return workload.spec.template;
}

/** The only container of a workload's pods. @throws when there is not exactly one. */
export function containerOf(workload: Manifest): Container {
  const [container, ...others] = podOf(workload).spec.containers;
  if (!container || others.length > 0)
    throw new Error(`${workload.metadata.name} has not one container alone.`);
  return container;
}

export function takes({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(
      ({ key, operator, values }) => operator === 'In' && values.includes(labels[key] ?? ''),
    )
  );
}

/** Kubernetes' and Redis' ways of writing an amount of memory, in bytes: 512Mi, 2Gi, 512mb, 1536m, 1g. */
export function bytes(text: string): number {
  const [, amount, unit] = /^(\d+)(Ki|Mi|Gi|kb|mb|gb|k|m|g)?$/.exec(text) ?? [];
  if (amount === undefined) throw new Error(`${text} is no amount of memory.`);
  const power = { k: 1, m: 2, g: 3 }[unit?.[0]?.toLowerCase() ?? ''] ?? 0;
  return Number(amount) * 1024 ** power;
}
