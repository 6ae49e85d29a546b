import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { Cluster, type Manifest } from './cluster.ts';
import { clusters, withIngress, withRoute, withSentinel } from './clusters.ts';
import { shapeOf } from './fields.ts';
import { misfits } from './shape.ts';
import { canRender, render, renderedFile, sourcesDigest } from './sources.mjs';

describe('The overlays', () => {
  test('are dev with one Redis, and prod with Sentinel, with a Redis elsewhere, with a route for an ingress', () => {
    expect(clusters.map(([name]) => name)).toEqual(['dev', 'prod', 'prod-external', 'prod-gateway-api']);
    expect(withSentinel.map(([name]) => name)).toEqual(['prod', 'prod-gateway-api']);
    expect(withIngress.map(([name]) => name)).toEqual(['prod', 'prod-external']);
    expect(withRoute.map(([name]) => name)).toEqual(['prod-gateway-api']);
  });

  test.each(clusters.map(([name]) => name))(
    '%s is rendered from the sources as they are (node tools/manifests/render.mjs)',
    (overlay) => {
      expect(readFileSync(renderedFile(overlay), 'utf8')).toContain(`# sources sha256: ${sourcesDigest()}\n`);
    },
  );

  (canRender() ? test.each(clusters.map(([name]) => name)) : test.skip.each(clusters.map(([name]) => name)))(
    '%s is what kubectl makes of it here and now',
    (overlay) => {
      const made = parseAllDocuments(render(overlay)).map((document) => document.toJS() as Manifest);
      expect(new Cluster(overlay).manifests).toEqual(made);
    },
  );
});

describe('The fields', () => {
  const all = clusters.flatMap(([overlay, { manifests }]) =>
    manifests.map((each) => [`${overlay}: ${each.kind} ${each.metadata.name}`, each] as const),
  );

  test.each(all)('%s has no misspelt one and none of a wrong type', (_name, manifest) => {
    expect(misfits(manifest, shapeOf(manifest.kind))).toEqual([]);
  });

  test.each([
    ['a misspelt field', { spec: { replica: 3 } }, ['.spec.replica is no field we know']],
    [
      'a field in the wrong place',
      { spec: { template: { containers: [] } } },
      ['.spec.template.containers is no field we know'],
    ],
    ['a number as text', { spec: { replicas: '3' } }, ['.spec.replicas is not a number']],
    [
      'one thing for a list',
      { spec: { template: { spec: { volumes: {} } } } },
      ['.spec.template.spec.volumes is not a list'],
    ],
    ['a label that is no text', { metadata: { labels: { a: 1 } } }, ['.metadata.labels.a is not a string']],
  ])('%s would be found', (_what, manifest, found) => {
    expect(misfits(manifest, shapeOf('Deployment'))).toEqual(found);
  });

  test.each(clusters)('%s names everything once', (_overlay, { manifests }) => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(clusters)('%s puts everything into one namespace', (_overlay, { manifests }) => {
    const elsewhere = manifests.filter(
      ({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'bytechat',
    );
    expect(elsewhere).toEqual([]);
  });
});
