/** One change to one product file, by its text: `find` stands there exactly once. */
export interface ClaimMutant {
  file: string;
  find: string;
  put: string;
  /** The change in words. */
  what: string;
}

/** A claim of docs/THREAT-MODEL.md, a suite with tests titled after it, and what turns them red. */
export interface Claim {
  claim: number;
  suite: string;
  mutants: readonly ClaimMutant[];
}

export const CLAIMS: readonly Claim[] = [];
