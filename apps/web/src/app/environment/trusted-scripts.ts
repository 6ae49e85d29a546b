interface ScriptPolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

let allowed: string | undefined;

/**
 * The page's `default` Trusted Types policy: it makes script addresses only, and of these only the one that
 * `allowScript` named. HTML and script text have no rule, so the browser refuses them everywhere.
 */
export function guardScripts(scope: object): void {
  const factory = (scope as { trustedTypes?: ScriptPolicyFactory }).trustedTypes;
  factory?.createPolicy('default', { createScriptURL: onlyTheAllowed });
}

/** Names the one script the page may start; a second one is refused. */
export function allowScript(url: URL): void {
  allowed ??= url.href;
}

function onlyTheAllowed(url: string): string {
  if (url !== allowed) throw new TypeError('This page starts no foreign script.');
  return url;
}
