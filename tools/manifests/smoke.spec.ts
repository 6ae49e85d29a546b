import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { k8s } from './sources.mjs';

const script = join(k8s, 'smoke.sh');

/** A kubectl that writes down what it is asked, leads to three pods, and fails at what `$FAIL_AT` names. */
const KUBECTL = `#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
  *"$FAIL_AT"*) exit 1 ;;
  *"get secret bytechat"*) exit 1 ;;
  *"get deployments,statefulsets"*) echo deployment/gateway; echo statefulset/redis ;;
  *"get pods"*) echo pod/gateway-a; echo pod/gateway-b ;;
  *port-forward*) echo 'Forwarding from 127.0.0.1:4711 -> 8080'; exec sleep 30 ;;
  *"apply -k"*) cat "\${3}/kustomization.yaml" >>"$CALLS" ;;
esac
`;

describe('deploy/k8s/smoke.sh', () => {
  let folder: string;
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8');

  function run(options: { kubectl: boolean; failAt?: string; probe?: string; overlay?: string }) {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    if (options.kubectl) {
      writeFileSync(join(bin, 'kubectl'), KUBECTL);
      chmodSync(join(bin, 'kubectl'), 0o755);
    }
    writeFileSync(join(folder, 'calls'), '');
    const path = options.kubectl ? `${bin}:/usr/bin:/bin` : bin;
    return spawnSync('/bin/sh', [script, ...(options.overlay === undefined ? [] : [options.overlay])], {
      encoding: 'utf8',
      timeout: 30_000,
      env: {
        // The script needs dirname before it asks for kubectl.
        PATH: options.kubectl ? path : withoutKubectl(bin),
        CALLS: join(folder, 'calls'),
        FAIL_AT: options.failAt ?? 'nothing fails',
        PROBE: options.probe ?? `echo probed`,
      },
    });
  }

  /** A folder with the one program that the script needs before it looks for a cluster. */
  function withoutKubectl(bin: string): string {
    writeFileSync(join(bin, 'dirname'), '#!/bin/sh\necho "${1%/*}"\n', { mode: 0o755 });
    return bin;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bytechat-smoke-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    expect(readdirSync(k8s).filter((name) => name.startsWith('.smoke'))).toEqual([]);
  });

  test('says that it was skipped where there is no kubectl', () => {
    const { status, stdout } = run({ kubectl: false });
    expect([status, stdout]).toEqual([0, 'smoke: skipped: kubectl reaches no cluster.\n']);
  });

  test('says that it was skipped where kubectl reaches no cluster, and asks for nothing else', () => {
    const { status, stdout } = run({ kubectl: true, failAt: 'get namespaces' });
    expect([status, stdout]).toEqual([0, 'smoke: skipped: kubectl reaches no cluster.\n']);
    expect(calls().trim().split('\n')).toHaveLength(1);
  });

  test('applies, waits, talks through every pod, replaces them, and deletes', () => {
    const { status, stdout, stderr } = run({ kubectl: true, overlay: 'prod' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.match(/^probed http:\/\/127\.0\.0\.1:4711$/gm)!.length).toBeGreaterThanOrEqual(3);
    const said = calls();
    const namespace = /-n (bytechat-smoke-\d+) create secret/.exec(said)![1]!;
    const inOrder = [
      'create secret generic bytechat --from-file=',
      'apply -k ',
      `namespace: ${namespace}\nresources: [../overlays/prod]`,
      'rollout status deployment/gateway',
      'rollout status statefulset/redis',
      'port-forward pod/gateway-a :8080',
      'port-forward pod/gateway-b :8080',
      'port-forward service/web :80',
      'rollout restart deployment/gateway',
      `delete namespace ${namespace}`,
    ].map((call) => [call, said.indexOf(call)] as const);
    for (const [call, at] of inOrder) expect([call, at >= 0]).toEqual([call, true]);
    expect(inOrder.map(([, at]) => at)).toEqual(
      inOrder.map(([, at]) => at).sort((one, other) => one - other),
    );
  });

  test.each([
    ['the overlay does not come up', { failAt: 'rollout status' }],
    ['people can not talk', { probe: 'false' }],
  ])('fails when %s, and deletes all the same', (_what, trouble) => {
    const { status } = run({ kubectl: true, ...trouble });
    expect(status).not.toBe(0);
    expect(calls()).toMatch(/delete namespace bytechat-smoke-\d+/);
  });

  test('names a probe that is there once it is built', () => {
    const [, path] = /node \$here\/\.\.\/\.\.\/(\S+) probe/.exec(readFileSync(script, 'utf8'))!;
    const { bin } = JSON.parse(readFileSync(join(k8s, '../../apps/cli/package.json'), 'utf8')) as {
      bin: { bytechat: string };
    };
    expect(path).toBe(join('apps/cli', bin.bytechat));
    expect(existsSync(join(k8s, '../../apps/cli/src/commands/probe.ts'))).toBe(true);
  });
});
