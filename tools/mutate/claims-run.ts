import { CLAIMS, type Claim, type ClaimMutant } from './claims.ts';
import { Sandbox } from './sandbox.ts';

interface Choice {
  /** A commit, in the place of the work tree. */
  at?: string | undefined;
  /** The numbers of some claims, with commas. */
  only?: string | undefined;
}

/** Turns each claim red by its mutants, and says so line by line. False when a claim stays green, or isn't green at first. */
export async function proveClaims(repository: string, { at, only }: Choice): Promise<boolean> {
  const claims = CLAIMS.filter(({ claim }) => only === undefined || only.split(',').includes(String(claim)));
  const sandbox = new Sandbox(repository, packagesOf(claims), at);
  let sound = claims.length > 0;
  try {
    for (const claim of claims) if (!(await proved(sandbox, claim))) sound = false;
  } finally {
    sandbox.remove();
  }
  return sound;
}

/** Whether the claim's own tests are green, and red with each of its mutants. */
async function proved(sandbox: Sandbox, { claim, suite, mutants }: Claim): Promise<boolean> {
  const only = `claim ${claim}:`;
  const { passed, failed } = await sandbox.run([suite], only, false);
  say(`claim ${claim}: ${passed} tests green in ${suite}${failed > 0 ? `, ${failed} RED` : ''}`);
  let sound = passed > 0 && failed === 0;
  for (const mutant of mutants) {
    const noticed = await isNoticed(sandbox, mutant, { suite, only });
    say(`  ${noticed ? 'red  ' : 'GREEN'} with ${mutant.file}: ${mutant.what}`);
    sound &&= noticed;
  }
  return sound && mutants.length > 0;
}

async function isNoticed(
  sandbox: Sandbox,
  mutant: ClaimMutant,
  { suite, only }: { suite: string; only: string },
): Promise<boolean> {
  const original = sandbox.read(mutant.file);
  sandbox.write(mutant.file, changed(original, mutant));
  try {
    const { failed } = await sandbox.run([suite], only);
    return failed > 0;
  } finally {
    sandbox.write(mutant.file, original);
  }
}

/** @throws Error when a place isn't there, or isn't the only one */
export function changed(text: string, { file, edits }: ClaimMutant): string {
  return edits.reduce((so, { find, put }) => {
    const places = so.split(find).length - 1;
    if (places !== 1) throw new Error(`${file} has ${places} places that read: ${find}`);
    return so.replace(find, () => put);
  }, text);
}

/** The folders that the claims' suites and mutants need, with all libraries they build on. */
function packagesOf(claims: readonly Claim[]): string[] {
  const paths = claims.flatMap(({ suite, mutants }) => [suite, ...mutants.map(({ file }) => file)]);
  const apps = paths
    .filter((path) => path.startsWith('apps/'))
    .map((path) => path.split('/').slice(0, 2).join('/'));
  const tools = paths.some((path) => path.startsWith('tools/')) ? ['tools'] : [];
  return [...new Set([...LIBRARIES, ...apps, ...tools])];
}

const LIBRARIES = ['client', 'config', 'crypto', 'protocol', 'rooms', 'testing'].map(
  (name) => `libs/${name}`,
);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
