import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docker, DockerError, root } from './docker.mjs';

const ENGINE_TIMEOUT_MS = 10_000;
const PULL_TIMEOUT_MS = 120_000;
const BUILD_TIMEOUT_MS = 240_000;

/** How npm says that it can't reach its registry. */
const NO_REGISTRY = /npm error (code (ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|E50\d)|network)/;

/**
 * Why there can be no containers here, in a few words; undefined when there can be, and then the images are made.
 *
 * @returns {Promise<string | undefined>}
 * @throws {DockerError} when an image can't be built for a reason of ours
 */
export async function whyNoContainers() {
  if (!(await answers(['version', '--format', '{{.Server.Version}}']))) return 'no Docker engine answers.';
  for (const plugin of ['compose', 'buildx'])
    if (!(await answers([plugin, 'version']))) return `docker ${plugin} is not installed.`;
  for (const image of baseImages())
    if (!(await hasImage(image)) && !(await canPull(image))) return `the image ${image} can't be had.`;
  return build();
}

/** @param {string} image */
export function hasImage(image) {
  return answers(['image', 'inspect', image]);
}

/** The public images that ours are made of and run beside. */
function baseImages() {
  const text = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
  const built = [...text('deploy/docker/Dockerfile').matchAll(/^FROM (\S+) AS/gm)];
  const run = [...text('docker-compose.yml').matchAll(/^ +image: (redis:\S+)$/gm)];
  return new Set([...built, ...run].map((match) => match[1] ?? ''));
}

/** @param {string[]} args */
async function answers(args) {
  try {
    await docker(args, { timeoutMs: ENGINE_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} image */
async function canPull(image) {
  try {
    await docker(['pull', '--quiet', image], { timeoutMs: PULL_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}

async function build() {
  try {
    await docker(['compose', 'build', '--quiet'], { timeoutMs: BUILD_TIMEOUT_MS });
    return undefined;
  } catch (error) {
    if (!(error instanceof DockerError)) throw error;
    if (error.timedOut) return `the images were not built in ${BUILD_TIMEOUT_MS / 60_000} minutes.`;
    if (NO_REGISTRY.test(error.output)) return 'the build of the images does not reach the npm registry.';
    throw error;
  }
}
