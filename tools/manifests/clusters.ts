import { Cluster, type Manifest } from './cluster.ts';
import { overlays } from './sources.mjs';

type Row = readonly [overlay: string, cluster: Cluster];

/** Every overlay by its name, for `describe.each`. */
export const clusters: readonly Row[] = overlays().map((name) => [name, new Cluster(name)] as const);

const having = (kind: string, name: string): readonly Row[] =>
  clusters.filter(([, cluster]) => cluster.has(kind, name));

export const production = clusters.filter(([name]) => name.startsWith('prod'));
export const withRedis = having('StatefulSet', 'redis');
export const withSentinel = having('StatefulSet', 'sentinel');
export const withIngress = having('Ingress', 'bytechat');
export const withRoute = having('HTTPRoute', 'bytechat');

/** Every workload of every overlay. */
export const workloads: readonly (readonly [name: string, workload: Manifest, cluster: Cluster])[] =
  clusters.flatMap(([overlay, cluster]) =>
    cluster.workloads.map((workload) => [`${overlay}/${workload.metadata.name}`, workload, cluster] as const),
  );
