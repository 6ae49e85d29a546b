import { readFileSync } from 'node:fs';
import { toConfig, type GatewayConfig } from './config.ts';
import { nearestName } from './nearest-name.ts';
import { variables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration with remarks on it, or one line for every variable that is wrong. No line holds a value. */
export type ConfigReading =
  { ok: true; config: GatewayConfig; warnings: string[] } | { ok: false; problems: string[] };

const PREFIX = 'BYTECHAT_';
const SECRET = 'BYTECHAT_SECRET_KEY';
const REDIS = 'BYTECHAT_REDIS_URL';
/** Variables that may hold a secret, and so may come from a file. */
const FROM_FILES = [SECRET, REDIS];
const fileOf = (name: string): string => `${name}_FILE`;
const KNOWN_NAMES = [...Object.keys(variables.shape), ...FROM_FILES.map(fileOf)];

/** Reads the environment. An empty variable counts as unset. */
export function readConfig(environment: Environment): ConfigReading {
  const given = ownVariables(environment);
  const problems = FROM_FILES.flatMap((name) => takeFile(given, name));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${issue.path.join('.')} ${issue.message}`);
  }
  if (needsSecret(given)) problems.push(`${SECRET} is required with ${REDIS}`);
  if (!parsed.success || problems.length > 0) return { ok: false, problems: oneLineEach(problems) };
  return { ok: true, config: toConfig(parsed.data), warnings: unknownNames(given) };
}

function ownVariables(environment: Environment): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith(PREFIX) && value !== undefined && value !== '') given[name] = value;
  }
  return given;
}

/** Puts the content of a variable's file in its place. */
function takeFile(given: Record<string, string>, name: string): string[] {
  const path = given[fileOf(name)];
  if (path === undefined) return [];
  if (given[name] !== undefined) return [`${fileOf(name)} and ${name} are both set; set one`];
  try {
    given[name] = readFileSync(path, 'utf8').trimEnd();
    return [];
  } catch {
    return [`${fileOf(name)} names a file that can't be read`];
  }
}

function needsSecret(given: Record<string, string>): boolean {
  const isGiven = (name: string): boolean => given[name] !== undefined || given[fileOf(name)] !== undefined;
  return isGiven(REDIS) && !isGiven(SECRET);
}

/** A variable that is wrong in two ways gets the first remark only. */
function oneLineEach(problems: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const problem of problems) {
    const [name = ''] = problem.split(' ', 1);
    if (!byName.has(name)) byName.set(name, problem);
  }
  return [...byName.values()];
}

function unknownNames(given: Record<string, string>): string[] {
  return Object.keys(given)
    .filter((name) => !KNOWN_NAMES.includes(name))
    .map((name) => {
      const nearest = nearestName(name, KNOWN_NAMES);
      return `${printable(name)} is not known${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
    });
}

/** A name may hold anything but `=`: what could move a terminal is shown as its number. */
function printable(name: string): string {
  return name.replace(/[^\x21-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
