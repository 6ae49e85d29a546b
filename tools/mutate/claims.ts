import { SECRETS } from './claims/secrets.ts';
import { SURROUNDINGS } from './claims/surroundings.ts';
import { WHO_AND_WHAT } from './claims/who-and-what.ts';

/** Changes to one product file, by its text: each `find` stands there exactly once. */
export interface ClaimMutant {
  file: string;
  edits: readonly { find: string; put: string }[];
  /** The change in words. */
  what: string;
}

/** A claim of docs/THREAT-MODEL.md, a suite with tests titled after it, and what turns them red. */
export interface Claim {
  claim: number;
  suite: string;
  mutants: readonly ClaimMutant[];
}

/** At least one for every claim that has tests; 29 is about files that a browser was served, and needs whole builds. */
export const CLAIMS: readonly Claim[] = [...WHO_AND_WHAT, ...SECRETS, ...SURROUNDINGS];
