import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutantsOf, type Mutant } from './mutants.ts';
import { requireSoundRunner, scoreOf } from './run.ts';

const USAGE = `Changes libs/crypto in one place at a time and counts the changes that no test notices.

  node tools/mutate/main.ts [--json FILE] [--only TEXT] [--sample N] [--jobs N] [--list]

  --json FILE   write {total, killed, score, survivors: [{file, line, what, why}]}
  --only TEXT   only mutants whose file or description contains it
  --sample N    only N mutants, evenly spread
  --jobs N      how many at a time (default: one for each processor)
  --list        name the mutants and try none
`;

/** Less than this share of mutants noticed is a failure. */
const FLOOR = 0.9;
const repository = fileURLToPath(new URL('../..', import.meta.url));
const sources = join(repository, 'libs', 'crypto', 'src');

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    jobs: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

await main();

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(USAGE);
  const mutants = chosen();
  if (values.list) return void process.stdout.write(mutants.map(lineOf).join(''));
  process.stdout.write(
    `${mutants.length} mutants. First the suite as it is, and a mutant that does nothing.\n`,
  );
  await requireSoundRunner(repository);
  const jobs = Number(values.jobs ?? availableParallelism());
  let settled = 0;
  const score = await scoreOf(repository, mutants, jobs, (mutant, killed) => {
    settled++;
    process.stdout.write(
      `${settled}/${mutants.length} ${killed ? 'killed  ' : 'SURVIVED'} ${lineOf(mutant)}`,
    );
  });
  const percent = (score.score * 100).toFixed(1);
  process.stdout.write(`${score.killed} of ${score.total} killed: ${percent} %\n`);
  for (const { file, line, what, why } of score.survivors) {
    process.stdout.write(`  ${file}:${line} ${what}\n    ${why}\n`);
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(score, undefined, 2)}\n`);
  if (score.score < FLOOR) process.exitCode = 1;
}

function chosen(): Mutant[] {
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
