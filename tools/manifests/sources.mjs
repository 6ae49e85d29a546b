import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
export const k8s = join(root, 'deploy', 'k8s');

/** The names of all overlays. */
export function overlays() {
  return globSync('overlays/*/kustomization.yaml', { cwd: k8s })
    .map((path) => path.split('/')[1] ?? '')
    .sort();
}

/** SHA-256 over every file that a rendered manifest can come from: what it says changes when one of them does. */
export function sourcesDigest() {
  const digest = createHash('sha256');
  const files = globSync('{base,components,overlays}/**/*.*', { cwd: k8s }).sort();
  for (const file of files) digest.update(`${file}\n${readFileSync(join(k8s, file), 'utf8')}\n`);
  return digest.digest('hex');
}

/** Whether a kubectl is here whose Kustomize knows components (5 or newer). */
export function canRender() {
  try {
    const version = execFileSync('kubectl', ['version', '--client'], { encoding: 'utf8', stdio: 'pipe' });
    return Number(/Kustomize Version: v(\d+)/.exec(version)?.[1] ?? 0) >= 5;
  } catch {
    return false;
  }
}

/**
 * @param {string} overlay its name
 * @returns {string} what `kubectl apply -k` would send, as YAML
 */
export function render(overlay) {
  return execFileSync('kubectl', ['kustomize', join(k8s, 'overlays', overlay)], { encoding: 'utf8' });
}

/** @param {string} overlay its name */
export function renderedFile(overlay) {
  return join(k8s, 'rendered', `${overlay}.yaml`);
}
