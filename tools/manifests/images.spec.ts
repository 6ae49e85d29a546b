import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from './compose.ts';

const text = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = text('deploy/docker/Dockerfile');
const stages = dockerfile
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((stage) => [/ AS ([\w-]+)$/m.exec(stage)?.[1] ?? '', stage] as const);
const stage = (wanted: string) => stages.find(([name]) => name === wanted)![1];
const images = stages.filter(([name]) => ['gateway', 'web'].includes(name));

describe('The Dockerfile', () => {
  test('asks for no other builder than the one that is there', () => {
    expect(dockerfile).not.toMatch(/^#\s*syntax=/m);
  });

  test('starts every stage from a version', () => {
    for (const [, body] of stages)
      expect(body).toMatch(/^FROM (node:24-bookworm-slim|nginx:1\.29-alpine) AS /);
  });

  test('installs what the lock file says, and runs no script of a package', () => {
    const installs = dockerfile.match(/npm (ci|install)\b.*/g);
    expect(installs).toHaveLength(1);
    expect(installs![0]).toMatch(/^npm ci --ignore-scripts/);
  });
});

describe.each(images)('The image %s', (_name, body) => {
  test('ends as an ordinary user', () => {
    expect(body).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  });

  test('takes only what was built, never the sources', () => {
    const copied = [...body.matchAll(/^COPY --from=build (\S+)/gm)].map((match) => match[1]!);
    expect(copied.length).toBeGreaterThan(0);
    for (const path of copied) expect(path).toMatch(/^\/src\/(apps\/(gateway|web)\/dist|nginx-headers)$/);
    expect(body).not.toMatch(/^COPY [^-]*(\.|apps|libs|tools)\/? /m);
  });

  test.each(['title', 'description', 'version', 'revision', 'licenses', 'base.name'])(
    'says its %s',
    (label) => {
      expect(body).toMatch(new RegExp(`org\\.opencontainers\\.image\\.${label}=\\S`));
    },
  );

  test('bears the version of the repository', () => {
    const { version } = JSON.parse(text('package.json')) as { version: string };
    expect(body).toContain(`ARG VERSION=${version}\n`);
  });

  test('tells its health without curl or wget', () => {
    expect(body).toMatch(/^HEALTHCHECK /m);
    expect(body).not.toMatch(/curl|wget/);
  });
});

test('The gateway knows the commit that its label names', () => {
  expect(stage('build')).toMatch(/^ARG REVISION=unknown\nRUN BYTECHAT_COMMIT=\$REVISION /m);
});

test('The gateway runs for production', () => {
  expect(stage('gateway')).toContain('NODE_ENV=production');
});

test('The build context leaves out what no image is made of, and nothing that the installation needs', () => {
  const left = text('.dockerignore').split('\n');
  expect(left).toEqual(expect.arrayContaining(['.git', '.env', '**/node_modules', '**/dist', 'deploy/k8s']));
  expect(left.filter((line) => /package|^(apps|libs|tools)\/?$|lock|npmrc/.test(line))).toEqual([]);
});

describe('nginx', () => {
  const nginx = text('deploy/docker/nginx.conf');

  test('logs no request: its path and address would tell of rooms', () => {
    expect(nginx).toMatch(/^\s*access_log off;$/m);
    expect(nginx).toMatch(/^error_log stderr emerg;$/m);
    expect(nginx.match(/access_log/g)).toHaveLength(1);
  });

  test('keeps a WebSocket open for longer than the longest quiet (10 s + 8 s)', () => {
    const [, hours] = /proxy_read_timeout (\d+)h;/.exec(text('deploy/docker/proxy.conf')) ?? [];
    expect(Number(hours)).toBeGreaterThanOrEqual(1);
  });
});
