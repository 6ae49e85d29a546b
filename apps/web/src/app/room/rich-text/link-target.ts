const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:']);

/** The address of a link that may be followed, or undefined: http and https only, whole addresses only. */
export function linkTarget(href: string): URL | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return SCHEMES.has(url.protocol) && url.host !== '' ? url : undefined;
}

/**
 * The host to show beside a link, in its ASCII form, which betrays look-alike letters; undefined when the words of
 * the link begin with exactly that host.
 */
export function hostToShow(url: URL, words: string): string | undefined {
  if (hasLookAlikes(url)) return url.host;
  const told = words.replace(/^https?:\/\//i, '');
  const rest = told.startsWith(url.host) ? told.slice(url.host.length) : undefined;
  return rest !== undefined && /^(?:[/?#]|$)/.test(rest) ? undefined : url.host;
}

/** Whether a name holds letters beyond ASCII, of which some look like others (its ASCII form is punycode). */
export function hasLookAlikes({ hostname }: URL): boolean {
  return hostname.split('.').some((label) => label.startsWith('xn--'));
}
