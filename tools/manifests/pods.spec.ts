import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bytes, containerOf, podOf, takes, type Labels } from './cluster.ts';
import { clusters, workloads } from './clusters.ts';
import { k8s } from './sources.mjs';

describe.each(workloads)('The pods of %s', (_name, workload, cluster) => {
  const { spec, metadata } = podOf(workload);
  const container = containerOf(workload);

  test('run as an ordinary user with the seccomp profile of the runtime', () => {
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.securityContext.runAsUser).toBeGreaterThan(0);
  });

  test('have no token of the cluster', () => {
    expect(spec.automountServiceAccountToken).toBe(false);
  });

  test('gain no privilege, have no capability and no writable root', () => {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('are probed, and taken out or restarted after three failures, never one', () => {
    expect(container.livenessProbe?.failureThreshold).toBeGreaterThanOrEqual(3);
    expect(container.readinessProbe?.failureThreshold).toBeGreaterThanOrEqual(3);
  });

  test('ask for what they need and are bounded in memory', () => {
    expect(container.resources?.requests).toEqual({
      cpu: expect.any(String) as unknown,
      memory: expect.any(String) as unknown,
    });
    expect(bytes(container.resources!.limits!.memory!)).toBeGreaterThan(0);
  });

  test('write to memory only', () => {
    const folders = (spec.volumes ?? []).flatMap(({ emptyDir }) => emptyDir ?? []);
    for (const folder of folders)
      expect(folder).toMatchObject({ medium: 'Memory', sizeLimit: expect.any(String) as unknown });
  });

  test('bear the labels that their workload selects', () => {
    expect(takes(workload.spec.selector as { matchLabels: Labels }, metadata.labels)).toBe(true);
  });

  test('spread over nodes, by their own labels', () => {
    if (workload.spec.replicas === 1) return;
    const constraints = spec.topologySpreadConstraints ?? [];
    expect(constraints.map(({ topologyKey }) => topologyKey)).toContain('kubernetes.io/hostname');
    for (const { labelSelector } of constraints) expect(cluster.selected(labelSelector)).toEqual([workload]);
  });

  test('mount only volumes they have, and ConfigMaps that exist', () => {
    const volumes = spec.volumes ?? [];
    const names = volumes.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining((container.volumeMounts ?? []).map(({ name }) => name)));
    const maps = [
      ...volumes.flatMap(({ configMap }) => configMap?.name ?? []),
      ...(container.envFrom ?? []).map(({ configMapRef }) => configMapRef.name),
    ];
    for (const map of maps) expect(cluster.has('ConfigMap', map)).toBe(true);
  });

  test('know a variable before another one is made of it', () => {
    const variables = container.env ?? [];
    for (const [index, { value = '' }] of variables.entries()) {
      const earlier = variables.slice(0, index).map(({ name }) => name);
      const used = [...value.matchAll(/\$\((\w+)\)/g)].map((match) => match[1]!);
      expect(earlier).toEqual(expect.arrayContaining(used));
    }
  });

  test('take secrets by reference, from the one that make-secret.sh makes', () => {
    const script = readFileSync(join(k8s, 'make-secret.sh'), 'utf8');
    const made = [...script.matchAll(/"\$folder\/([\w-]+)"/g)].map((match) => match[1]!);
    const used = (container.env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []);
    for (const { name, key } of used) {
      expect(name).toBe('bytechat');
      expect(made).toContain(key);
    }
  });

  test('name a version of their image', () => {
    expect(container.image).toMatch(/:(\d[\w.-]*|local)$/);
  });
});

describe.each(clusters)('In %s, names meet their other side:', (_name, cluster) => {
  test('every Service finds the pods of one workload, and its ports are theirs', () => {
    for (const { spec } of cluster.ofKind('Service')) {
      const backing = cluster.selected({ matchLabels: spec.selector as Labels });
      expect(backing).toHaveLength(1);
      const ports = containerOf(backing[0]!).ports.map((port) => port.name);
      expect(ports).toEqual(expect.arrayContaining(spec.ports!.map((port) => port.targetPort)));
    }
  });

  test('every StatefulSet has the Service that names its pods', () => {
    for (const { spec } of cluster.ofKind('StatefulSet'))
      expect(cluster.has('Service', spec.serviceName!)).toBe(true);
  });

  test('every disruption budget guards one workload, and lets a pod go', () => {
    for (const budget of cluster.ofKind('PodDisruptionBudget')) {
      const guarded = cluster.selected(budget.spec.selector as { matchLabels: Labels });
      expect(guarded).toHaveLength(1);
      const { minAvailable } = budget.spec;
      if (typeof minAvailable === 'number' && guarded[0]!.spec.replicas !== undefined)
        expect(minAvailable).toBeLessThan(guarded[0]!.spec.replicas);
    }
  });

  test('every workload of more than one pod has a disruption budget', () => {
    const guarded = cluster
      .ofKind('PodDisruptionBudget')
      .flatMap(({ spec }) => cluster.selected(spec.selector as { matchLabels: Labels }));
    expect(guarded).toEqual(
      expect.arrayContaining(cluster.workloads.filter(({ spec }) => spec.replicas !== 1)),
    );
  });
});

test.each(clusters)('The namespace of %s enforces the restricted profile', (_name, cluster) => {
  expect(cluster.get('Namespace', 'bytechat').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
});
