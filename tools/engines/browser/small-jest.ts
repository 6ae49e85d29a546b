/** As much of Jest's globals as the suites of vectors use, for engines that have no Jest: it collects and runs tests. */

export interface Outcome {
  passed: number;
  failures: string[];
}

type Body = (...given: never[]) => void | Promise<void>;

const tests: { name: string; body: () => void | Promise<void> }[] = [];
let path: string[] = [];

function block(name: string, body: () => void): void {
  const outer = path;
  path = [...path, name];
  body();
  path = outer;
}

function test(name: string, body: () => void | Promise<void>): void {
  tests.push({ name: [...path, name].join(' › '), body });
}

/** One call for each row; a row that is a list gives several arguments. */
const each =
  (define: (name: string, body: () => void | Promise<void>) => void) =>
  (rows: readonly unknown[]) =>
  (name: string, body: Body): void => {
    for (const row of rows) {
      const given = (Array.isArray(row) ? row : [row]) as never[];
      define(`${name} (${given.map(shown).join(', ')})`, () => body(...given));
    }
  };

export const describe = Object.assign(block, { each: each((name, body) => block(name, () => void body())) });
export const it = Object.assign(test, { each: each(test) });

/** Runs everything that was defined, one after the other. */
export async function runTests(): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failures: [] };
  for (const { name, body } of tests) {
    try {
      await body();
      outcome.passed++;
    } catch (error) {
      outcome.failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return outcome;
}

export function expect(actual: unknown) {
  return {
    ...matchers(actual, (holds, what) => {
      if (!holds) throw new Error(`expected ${shown(actual)} ${what}`);
    }),
    not: matchers(actual, (holds, what) => {
      if (holds) throw new Error(`did not expect ${shown(actual)} ${what}`);
    }),
  };
}

function matchers(actual: unknown, judge: (holds: boolean, what: string) => void) {
  return {
    toBe: (expected: unknown) => judge(Object.is(actual, expected), `to be ${shown(expected)}`),
    toEqual: (expected: unknown) => judge(shown(actual) === shown(expected), `to equal ${shown(expected)}`),
    toMatchObject: (expected: object) => judge(matches(actual, expected), `to match ${shown(expected)}`),
    toHaveLength: (length: number) =>
      judge((actual as { length: number }).length === length, `to have length ${length}`),
    toBeGreaterThan: (least: number) => judge((actual as number) > least, `to be more than ${least}`),
  };
}

function matches(actual: unknown, expected: object): boolean {
  return Object.entries(expected).every(
    ([key, value]) => shown((actual as Record<string, unknown>)[key]) === shown(value),
  );
}

/** The same text exactly for what is equal: plain values, lists, objects and bytes. */
function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes ${value.join()}`;
  if (Array.isArray(value)) return `[${value.map(shown).join()}]`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${key}:${shown(each)}`)
    .join()}}`;
}
