/**
 * How a command of a page is tried:
 * - `run`: as it stands, in a folder of its own, against a server of this machine in place of chat.example;
 * - `script`: it is an npm script that there is, which other suites run;
 * - `compose`, `kustomize`: everything but the last step, which needs an engine or a cluster;
 * - `environment`: lines of an environment, judged as a gateway judges it;
 * - or why it isn't tried here, and what tries it instead.
 */
export type Way = 'run' | 'script' | 'compose' | 'kustomize' | 'environment' | { notHere: string };

const WAYS: readonly (readonly [RegExp, Way])[] = [
  [/^(?:[A-Z_]+=\S+ )*npm (?:start|test|run )/, 'script'],
  [/^docker compose build && kind /, { notHere: 'needs a cluster of kind' }],
  [/^(?:[A-Z_]+=\S+ )*docker compose /, 'compose'],
  [/^kubectl apply -k /, 'kustomize'],
  [/^kubectl /, { notHere: 'needs a cluster: deploy/k8s/smoke.sh' }],
  [/^deploy\/k8s\/make-secret\.sh/, { notHere: 'needs a cluster: tools/manifests/smoke.spec.ts' }],
  [/^BYTECHAT_[A-Z_]+=\S+$/, 'environment'],
  [/^caddy run/, { notHere: 'apps/gateway/src/proxies.spec.ts runs the file that it names' }],
  [/^bytechat tail /, { notHere: 'has no end: apps/cli/src/rooms.spec.ts' }],
  [/(?:^|\| |\s)(?:\S*\/)?bytechat(?:\.mjs)? /, 'run'],
  [/^openssl /, 'run'],
];

/** The way of a command; undefined when nobody has said one. */
export function wayOf(command: string): Way | undefined {
  return WAYS.find(([pattern]) => pattern.test(command))?.[1];
}
