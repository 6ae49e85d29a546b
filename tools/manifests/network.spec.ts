import { describe, expect, test } from '@jest/globals';
import type { Peer, Rule, Selector } from './cluster.ts';
import { clusters } from './clusters.ts';

describe.each(clusters)('The network of %s', (_name, cluster) => {
  const policies = cluster.ofKind('NetworkPolicy');

  const ingress = policies.flatMap(({ spec }) =>
    (spec.ingress ?? []).flatMap(({ from = [], ports }) =>
      ways(from.flatMap(farSides), names(spec.podSelector!), ports),
    ),
  );
  const egress = policies.flatMap(({ spec }) =>
    (spec.egress ?? []).flatMap(({ to = [], ports }) =>
      ways(names(spec.podSelector!), to.flatMap(farSides), ports),
    ),
  );

  function names(selector: Selector): string[] {
    return cluster.selected(selector).map(({ metadata }) => metadata.name);
  }

  /** Our pods that a peer means; one from outside is told by what it says, in braces. */
  function farSides({ podSelector, namespaceSelector, ipBlock }: Peer): string[] {
    if (podSelector && !namespaceSelector && !ipBlock) return names(podSelector);
    return [JSON.stringify(namespaceSelector ?? ipBlock ?? 'anybody')];
  }

  const group = cluster.has('StatefulSet', 'sentinel') ? ['redis', 'sentinel'] : [];
  const toRedis = (from: string) => [
    ...(cluster.has('StatefulSet', 'redis') ? [`${from} → redis:6379`] : []),
    ...(group.length > 0 ? [`${from} → sentinel:26379`] : []),
  ];

  test('denies both ways by default', () => {
    expect(cluster.get('NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  test('has no policy that is about pods that do not exist', () => {
    for (const { spec } of policies) expect(cluster.selected(spec.podSelector!)).not.toEqual([]);
  });

  test('opens between pods only web to gateway, gateway to Redis, and the group of Redis among itself', () => {
    const wanted = ['web → gateway:8080', ...['gateway', ...group].flatMap(toRedis)].sort();
    expect(egress.filter(isInside).sort()).toEqual(wanted);
    expect(ingress.filter(isInside).sort()).toEqual(wanted);
  });

  test('lets out names to DNS and, to a Redis elsewhere, the gateway', () => {
    const dns = cluster.workloads.flatMap(({ metadata }) => [
      `${metadata.name} → DNS:53`,
      `${metadata.name} → DNS:53`,
    ]);
    const elsewhere = cluster.has('StatefulSet', 'redis')
      ? []
      : ['gateway → {"cidr":"0.0.0.0/0"}:6379', 'gateway → {"cidr":"0.0.0.0/0"}:6380'];
    const outside = egress
      .filter((way) => !isInside(way))
      .map((way) => way.replace(/\{.*"kube-system".*\}/, 'DNS'));
    expect(outside.sort()).toEqual([...dns, ...elsewhere].sort());
  });

  test('lets in the ingress controller to the public ports and Prometheus to the internal one, nobody else', () => {
    const outside = ingress
      .filter((way) => !isInside(way))
      .map((way) =>
        way.replace(/\{.*"ingress-nginx".*\}/, 'ingress').replace(/\{.*"monitoring".*\}/, 'Prometheus'),
      );
    const wanted = ['Prometheus → gateway:8081', 'ingress → gateway:8080', 'ingress → web:8080'];
    expect(outside.sort()).toEqual(cluster.has('HorizontalPodAutoscaler', 'gateway') ? wanted : []);
  });
});

function ways(from: string[], to: string[], ports: Rule['ports']): string[] {
  return from.flatMap((one) => to.flatMap((other) => ports.map(({ port }) => `${one} → ${other}:${port}`)));
}

function isInside(way: string): boolean {
  return !/["{]/.test(way);
}
