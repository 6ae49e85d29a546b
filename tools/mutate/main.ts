import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Outcomes } from './cache.ts';
import { proveClaims } from './claims-run.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { fingerprintOf, requireSoundRunner, scoreOf, settle, SOURCES } from './run.ts';
import { Sandbox } from './sandbox.ts';

const USAGE = `Changes libs/crypto in one place at a time and counts the changes that no test notices.

  npm run mutate -- [--json FILE] [--only TEXT] [--sample N] [--jobs N] [--seconds N]
                     [--at COMMIT] [--list]
  npm run mutate -- --claims [--only N,N]

  --json FILE   write {total, killed, score, survivors: [{file, line, what, why}]}
  --only TEXT   only mutants whose file or description contains it; with --claims numbers of claims (1,2)
  --sample N    only N mutants, evenly spread
  --jobs N      how many at a time (default: 2)
  --seconds N   start no mutant after N seconds; what is settled is remembered for the next run
  --at COMMIT   not the work tree but that commit; slices of one run should name the same
  --list        name the mutants and try none
  --claims      turn each claim of docs/THREAT-MODEL.md red by the mutants that are named for it
`;

/** Less than this share of mutants noticed is a failure. */
const FLOOR = 0.9;
const repository = fileURLToPath(new URL('../..', import.meta.url));
const remembered = join(repository, 'node_modules', '.cache', 'bytechat-mutate.json');

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    seconds: { type: 'string' },
    at: { type: 'string' },
    list: { type: 'boolean' },
    claims: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

await main();

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(USAGE);
  if (values.claims) {
    const proven = await proveClaims(repository, { at: values.at, only: values.only });
    process.exitCode = proven ? 0 : 1;
    return;
  }
  const jobs = Number(values.jobs);
  const sandboxes = Array.from({ length: jobs }, () => new Sandbox(repository, ['libs/crypto'], values.at));
  try {
    await tryMutants(sandboxes);
  } finally {
    for (const sandbox of sandboxes) sandbox.remove();
  }
}

async function tryMutants(sandboxes: readonly Sandbox[]): Promise<void> {
  const [sandbox] = sandboxes;
  if (!sandbox) return void process.stdout.write(USAGE);
  const mutants = chosen(join(sandbox.root, SOURCES));
  if (values.list) return void process.stdout.write(mutants.map(lineOf).join(''));
  const end = Date.now() + Number(values.seconds ?? Infinity) * 1_000;
  const outcomes = new Outcomes(remembered);
  await requireSoundOnce(sandbox, outcomes);
  let count = 0;
  const settled = await settle(sandboxes, mutants, outcomes, {
    stop: () => Date.now() > end,
    told: ({ mutant, killed }) => {
      process.stdout.write(`${++count} ${killed ? 'killed  ' : 'SURVIVED'} ${lineOf(mutant)}`);
    },
  });
  report(scoreOf(settled), mutants.length);
}

/** The check takes as long as twenty mutants, so it isn't repeated while nothing has changed. */
async function requireSoundOnce(sandbox: Sandbox, outcomes: Outcomes): Promise<void> {
  const name = 'the runner is sound';
  const of = fingerprintOf(sandbox);
  if (outcomes.get(name, () => of)) return;
  process.stdout.write('First the suite as it is, and a mutant that does nothing.\n');
  await requireSoundRunner(sandbox);
  outcomes.set(name, of, undefined);
}

function report(score: ReturnType<typeof scoreOf>, wanted: number): void {
  const percent = (score.score * 100).toFixed(1);
  process.stdout.write(`${score.killed} of ${score.total} killed: ${percent} %\n`);
  for (const { file, line, what, why } of score.survivors) {
    process.stdout.write(`  ${file}:${line} ${what}\n    ${why}\n`);
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(score, undefined, 2)}\n`);
  if (score.total < wanted) {
    process.stdout.write(`${wanted - score.total} are not settled: run it again.\n`);
    return;
  }
  if (score.score < FLOOR) process.exitCode = 1;
}

function chosen(sources: string): Mutant[] {
  const only = values.only ?? '';
  const all = globSync('*.ts', { cwd: sources, exclude: ['*.spec.ts', 'index.ts'] })
    .sort()
    .flatMap((file) => mutantsOf(file, readFileSync(join(sources, file), 'utf8')))
    .filter(({ file, what }) => file.includes(only) || what.includes(only));
  const count = Math.min(Number(values.sample ?? all.length), all.length);
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]).flatMap(
    (mutant) => mutant ?? [],
  );
}

function lineOf({ file, line, kind, what }: Mutant): string {
  return `${kind} ${file}:${line} ${what}\n`;
}
