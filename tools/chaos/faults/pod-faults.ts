import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gateway } from '../plant/gateway.ts';
import type { Endpoints } from '../plant/endpoints.ts';
import type { Pod } from '../plant/pod.ts';
import type { Fault, Scene } from './fault.ts';

/** As in the manifests, but for preStop and lag, which a run has not the time for. */
const PRE_STOP_MS = 2_000;
const LONGEST_LAG_MS = 3_000;
const GRACE_MS = 30_000;
const MANY_DESCRIPTORS = 4_096;
/** Of Debian's package `faketime`. */
const FAKETIME = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketimeMT.so.1`;

export const gatewayCrash = (): Fault => ({
  id: 'F1',
  title: 'gateway killed, back after 2 s',
  everyMs: 2_000,
  inject: async ({ plant, random, pause }) => {
    const pod = random.pick(plant.pods);
    await pod.kill();
    await pause(2_000);
    await pod.restart();
    return 1;
  },
});

export const rollingUpdate = (): Fault => ({
  id: 'F2',
  title: 'rolling update of every gateway',
  everyMs: 1_000,
  inject: async (scene) => {
    for (const pod of scene.plant.pods) {
      const lagMs = scene.random.between(0, LONGEST_LAG_MS);
      await replace(pod, scene, { lagMs, preStopMs: PRE_STOP_MS });
    }
    return scene.plant.pods.length;
  },
});

/** The load balancer goes on sending people to a gateway that drains: preStop is over before it has learnt. */
export const endpointLag = (): Fault => ({
  id: 'F3',
  title: 'a draining gateway still gets new connections for 5 s',
  everyMs: 1_000,
  inject: async (scene) => {
    await replace(scene.random.pick(scene.plant.pods), scene, { lagMs: 5_000, preStopMs: 0 });
    return 1;
  },
});

export const frozenGateway = (): Fault => ({
  id: 'F4',
  title: 'gateway frozen for 5 s',
  everyMs: 4_000,
  inject: async ({ plant, random, pause }) => {
    const { gateway } = random.pick(plant.pods);
    gateway.freeze();
    await pause(5_000);
    gateway.thaw();
    return 1;
  },
});

/** It can take nobody new: whoever comes to it has to go elsewhere, and those who are there stay. */
export const descriptorsSpent = (): Fault => ({
  id: 'F25',
  title: 'a gateway without a free descriptor for 4 s, and everybody comes anew',
  everyMs: 6_000,
  inject: async ({ plant: { pods, door }, random, pause }) => {
    const { gateway } = random.pick(pods);
    door.cut();
    gateway.limitDescriptors(gateway.openDescriptors);
    await pause(4_000);
    gateway.limitDescriptors(MANY_DESCRIPTORS);
    return 1;
  },
});

/** The wall clock of every gateway, against that of Redis and of everybody's own. */
export const clockJump = (): Fault => {
  const file = join(mkdtempSync(join(tmpdir(), 'bytechat-clock-')), 'clock');
  writeFileSync(file, '+0');
  return {
    id: 'F23',
    title: 'the clocks of the gateways an hour ahead for 3 s, an hour behind for 3 s',
    everyMs: 3_000,
    needs: {
      environment: {
        ...{ LD_PRELOAD: FAKETIME, FAKETIME_TIMESTAMP_FILE: file },
        ...{ FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
      },
    },
    inject: async ({ pause }) => {
      for (const shift of ['+3600', '-3600']) {
        writeFileSync(file, shift);
        await pause(3_000);
      }
      writeFileSync(file, '+0');
      return 2;
    },
  };
};

/**
 * What Kubernetes does with maxSurge 1 and maxUnavailable 0: the new one is ready first; then, at the same time, the
 * endpoint goes (seen by the load balancer after a lag) and preStop, SIGTERM, grace and SIGKILL follow one another.
 */
async function replace(
  pod: Pod,
  { plant, pause }: Scene,
  { lagMs, preStopMs }: { lagMs: number; preStopMs: number },
): Promise<void> {
  const before = pod.gateway;
  await pod.start();
  await Promise.all([
    forget(plant.endpoints, before, () => pause(lagMs)),
    end(before, () => pause(preStopMs), pod.name),
  ]);
}

async function forget(endpoints: Endpoints, gateway: Gateway, lag: () => Promise<void>): Promise<void> {
  await lag();
  endpoints.remove(gateway);
}

async function end(gateway: Gateway, preStop: () => Promise<void>, name: string): Promise<void> {
  await preStop();
  const { forced } = await gateway.terminate(GRACE_MS);
  if (forced) throw new Error(`${name} had to be killed after ${GRACE_MS} ms of grace.`);
}
