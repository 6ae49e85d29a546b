import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  GenericContainer,
  Network,
  Wait,
  type StartedNetwork,
  type StartedTestContainer,
} from 'testcontainers';
import { docker, DockerError } from './harness/docker.mjs';
import { eventually } from './harness/eventually.ts';
import { Guest } from './harness/guest.ts';
import { inContainers } from './harness/in-containers.ts';

const IMAGE = 'bytechat/gateway:local';
const BASE = 'node:24-bookworm-slim';
const KEY = 'a key of the tests, of 32 bytes or more';
const MEGABYTE = 1_000_000;

inContainers('The gateway image', () => {
  const field = (image: string, format: string) => docker(['image', 'inspect', image, '--format', format]);
  /** Runs the image once, without a network and with nothing to write to. */
  const once = (...args: string[]) =>
    docker(['run', '--rm', '--read-only', '--network=none', '--cap-drop=ALL', ...args]);

  test('adds at most 15 MB to its base', async () => {
    const [own, base] = await Promise.all([IMAGE, BASE].map((image) => field(image, '{{.Size}}')));
    expect(Number(own) - Number(base)).toBeLessThanOrEqual(15 * MEGABYTE);
  });

  test('holds one bundle, its scripts for Redis and the maker of the key: no source, no package', async () => {
    const list = "require('fs').readdirSync('/app', { recursive: true }).join('\\n')";
    const files = (await once(IMAGE, '-p', list))
      .split('\n')
      .filter((file) => !/^lua(\/include)?$/.test(file));
    expect(files.filter((file) => !/^lua\/(include\/)?\w+\.lua$/.test(file)).sort()).toEqual([
      'main.mjs',
      'make-secret-key.mjs',
    ]);
    expect(files).toContain('lua/append.lua');
  });

  test('runs as an ordinary user, says what it is, and has a health check', async () => {
    expect(await field(IMAGE, '{{.Config.User}}')).toBe('1000:1000');
    const labels = JSON.parse(await field(IMAGE, '{{json .Config.Labels}}')) as Record<string, string>;
    expect(labels).toMatchObject({
      'org.opencontainers.image.title': 'ByteChat gateway',
      'org.opencontainers.image.licenses': 'AGPL-3.0-only',
    });
    expect(await field(IMAGE, '{{json .Config.Healthcheck.Test}}')).toContain('readyz');
  });

  test('says in one line what is wrong with its environment, and no secret', async () => {
    const start = once('-e', 'BYTECHAT_REDIS_URL=redis://nowhere', '-e', 'BYTECHAT_SECRET_KEY=short', IMAGE);
    const failure = await start.then(
      () => undefined,
      (error: unknown) => (error instanceof DockerError ? error : undefined),
    );
    expect(failure?.output.trim()).toMatch(/^.*BYTECHAT_SECRET_KEY .*$/);
    expect(failure?.output).not.toMatch(/short|at .*:\d+/);
  });
});

inContainers('A gateway beside Redis', () => {
  let network: StartedNetwork;
  let redis: StartedTestContainer;
  let gateway: StartedTestContainer;
  let origin: string;

  const inside = async (path: string) => {
    const ask = `fetch('http://127.0.0.1:8081${path}').then(async (r) => console.log(r.status, await r.text()))`;
    return (await gateway.exec(['node', '-e', ask])).output.trim();
  };

  beforeAll(async () => {
    network = await new Network().start();
    redis = await new GenericContainer('redis:8-alpine')
      .withNetwork(network)
      .withNetworkAliases('redis')
      .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
      .start();
    gateway = await new GenericContainer(IMAGE)
      .withNetwork(network)
      .withEnvironment({
        BYTECHAT_REDIS_URL: 'redis://redis:6379',
        BYTECHAT_SECRET_KEY: KEY,
        BYTECHAT_DRAIN_SECONDS: '1',
      })
      .withDroppedCapabilities('ALL')
      .withSecurityOpt('no-new-privileges:true')
      .withExposedPorts(8080)
      .withWaitStrategy(Wait.forHealthCheck())
      .start();
    origin = `http://${gateway.getHost()}:${gateway.getMappedPort(8080)}`;
  });

  afterAll(async () => {
    await gateway.stop();
    await redis.stop();
    await network.stop();
  });

  test('lets two people talk', async () => {
    const { guest: ada, code } = await Guest.creates(origin, 'swordfish');
    const ben = await Guest.joins(origin, code, 'swordfish');
    await ada.says('hello');
    await ben.hears('hello');
    await Guest.everybodyLeaves();
  });

  test('keeps its internal port to itself', async () => {
    expect(await inside('/version')).toMatch(/^200 .*"version"/);
    await expect(docker(['port', gateway.getId(), '8081'])).rejects.toThrow(/no public port/i);
  });

  test('is not ready while Redis hangs, alive all the same, and ready again after', async () => {
    await docker(['pause', redis.getId()]);
    try {
      await eventually(
        () => inside('/readyz'),
        (answer) => /^503 .*store/.test(answer),
      );
      expect(await inside('/healthz')).toMatch(/^200/);
    } finally {
      await docker(['unpause', redis.getId()]);
    }
    await eventually(
      () => inside('/readyz'),
      (answer) => answer.startsWith('200'),
    );
  });

  test('ends by itself with code 0 when it is told to', async () => {
    await docker(['stop', '--time', '20', gateway.getId()]);
    expect(await docker(['inspect', gateway.getId(), '--format', '{{.State.ExitCode}}'])).toBe('0');
  });
});
