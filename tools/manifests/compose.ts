import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(import.meta.dirname, '..', '..');

/** What the tests ask of a service; `docker compose config` writes the same in the same places. */
export interface Service {
  image?: string;
  init?: boolean;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  pids_limit?: number;
  mem_limit?: string;
  memswap_limit?: string;
  cpus?: number;
  user?: string;
  environment?: Record<string, string | null>;
  command?: string[] | null;
  ports?: unknown[];
  volumes?: unknown[];
  tmpfs?: string[];
  depends_on?: string[] | Record<string, object>;
  deploy?: { replicas?: number };
  logging?: { options?: Record<string, string> };
}

export interface Volume {
  driver_opts?: { type?: string };
}

export interface Stack {
  services: Record<string, Service>;
  volumes: Record<string, Volume | null>;
}

/** Every way of combining our compose files that the documentation names. */
export const combinations: readonly (readonly [name: string, files: readonly string[]])[] = [
  ['docker-compose.yml', ['docker-compose.yml']],
  ['… with .ha', ['docker-compose.yml', 'docker-compose.ha.yml']],
  ['… with .observability', ['docker-compose.yml', 'docker-compose.observability.yml']],
  ['… with both', ['docker-compose.yml', 'docker-compose.ha.yml', 'docker-compose.observability.yml']],
];

/** The files put together as compose does it, as far as the tests ask: a later file's lists of strings are added. */
export function combine(files: readonly string[]): Stack {
  const stack: Stack = { services: {}, volumes: {} };
  for (const file of files) {
    const { services, volumes } = parse(readFileSync(join(root, file), 'utf8'), { merge: true }) as Stack;
    for (const [name, service] of Object.entries(services))
      stack.services[name] = addTo(stack.services[name], service);
    Object.assign(stack.volumes, volumes);
  }
  return stack;
}

function addTo(before: Service = {}, added: Service): Service {
  return {
    ...before,
    ...added,
    environment: { ...before.environment, ...added.environment },
    ports: [...(before.ports ?? []), ...(added.ports ?? [])],
    volumes: [...(before.volumes ?? []), ...(added.volumes ?? [])],
  };
}

/** Whether `docker compose` is here; reading files needs no engine. */
export function hasCompose(): boolean {
  try {
    execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What `docker compose config` makes of the files. @throws with its message when it refuses them. */
export function resolve(files: readonly string[]): Stack {
  const options = files.flatMap((file) => ['-f', file]);
  const written = execFileSync('docker', ['compose', ...options, 'config', '--format', 'json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return JSON.parse(written) as Stack;
}
