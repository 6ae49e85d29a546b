import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What became of a mutant: the suite that noticed it, or `survived`. */
interface Outcome {
  /** Of what the outcome depends on. */
  of: string;
  by?: string;
}

export function fingerprint(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest('base64url').slice(0, 22);
}

/**
 * Outcomes of earlier runs. Whoever noticed a mutant notices it again while the mutated file and that suite are the same;
 * a survivor has survived only while nothing at all has changed.
 */
export class Outcomes {
  readonly #path: string;
  readonly #known: Map<string, Outcome>;

  constructor(path: string) {
    this.#path = path;
    this.#known = new Map(Object.entries(readOutcomes(path)));
  }

  /** The suite that noticed the mutant last time, whether or not that still counts. */
  lastKiller(mutant: string): string | undefined {
    return this.#known.get(mutant)?.by;
  }

  get(mutant: string, of: (by: string | undefined) => string): { killed: boolean } | undefined {
    const known = this.#known.get(mutant);
    if (!known || known.of !== of(known.by)) return undefined;
    return { killed: known.by !== undefined };
  }

  set(mutant: string, of: string, by: string | undefined): void {
    this.#known.set(mutant, by === undefined ? { of } : { of, by });
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.new`, JSON.stringify(Object.fromEntries(this.#known)));
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function readOutcomes(path: string): Record<string, Outcome> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Outcome>;
  } catch {
    return {};
  }
}
