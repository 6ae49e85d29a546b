const SUITES: Readonly<Record<number, string>> = {
  1: 'RSA-OAEP-2048 · AES-256-GCM',
  2: 'RSA-OAEP-2048 + ECDH P-256 · AES-256-GCM',
};

/** The algorithms of a suite by their standard names, or undefined when this page doesn't know it. */
export function suiteName(suite: number | undefined): string | undefined {
  return suite === undefined ? undefined : SUITES[suite];
}
