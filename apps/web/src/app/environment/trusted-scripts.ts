interface ScriptPolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** The two scripts a page may start beside its own: the worker of a room, and the one that keeps its files. */
export type ScriptRole = 'room' | 'shell';

const allowed = new Map<ScriptRole, string>();

/**
 * The page's `default` Trusted Types policy: it makes script addresses only, and of these only those that
 * `allowScript` named. HTML and script text have no rule, so the browser refuses them everywhere.
 */
export function guardScripts(scope: object): void {
  const factory = (scope as { trustedTypes?: ScriptPolicyFactory }).trustedTypes;
  factory?.createPolicy('default', { createScriptURL: onlyTheAllowed });
}

/** Names the one script of a role; a second one is refused. */
export function allowScript(url: URL, role: ScriptRole = 'room'): void {
  if (!allowed.has(role)) allowed.set(role, url.href);
}

function onlyTheAllowed(url: string): string {
  if (![...allowed.values()].includes(url)) throw new TypeError('This page starts no foreign script.');
  return url;
}
