import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { SuiteProcess, type Verdict } from './suites.ts';

/** What of the repository a sandbox holds besides its packages. */
const ALWAYS = ['jest.preset.mjs', 'package.json', 'tsconfig.base.json'];
const WORKSPACE = '@bytechat';

/** A copy of some packages in a folder of its own, in which one file at a time is changed. */
export class Sandbox {
  readonly root: string;
  readonly #suites: SuiteProcess;

  /** @param commit the packages as they were then, not as they lie in the work tree */
  constructor(repository: string, packages: readonly string[], commit: string | undefined) {
    this.root = mkdtempSync(join(tmpdir(), 'bytechat-mutate-'));
    const paths = [...ALWAYS, ...packages];
    if (commit) unpack(repository, commit, paths, this.root);
    else for (const path of paths) copy(join(repository, path), join(this.root, path));
    linkModules(join(repository, 'node_modules'), this.root, packages);
    const shared = join(repository, '..', 'shared', 'wycheproof');
    this.#suites = new SuiteProcess({ WYCHEPROOF_DIR: shared, ...process.env });
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Paths from the root, sorted. */
  files(pattern: string): string[] {
    return globSync(pattern, { cwd: this.root }).sort();
  }

  /** Suites of one package, by paths from the root; `only` picks tests by their full names. */
  async run(suites: readonly string[], only?: string, firstFailure = true): Promise<Verdict> {
    const absolute = suites.map((path) => join(this.root, path));
    const project = this.#projectOf(suites[0] ?? '');
    const verdict = await this.#suites.run({ project, suites: absolute, only, firstFailure });
    return { ...verdict, red: verdict.red && relative(this.root, verdict.red) };
  }

  remove(): void {
    this.#suites.end();
    rmSync(this.root, { recursive: true, force: true });
  }

  #projectOf(path: string): string {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
      if (this.has(`${folder}/jest.config.mjs`)) return join(this.root, folder);
    throw new Error(`${path} belongs to no suite.`);
  }
}

function unpack(repository: string, commit: string, paths: readonly string[], root: string): void {
  const archive = execFileSync('git', ['archive', commit, ...paths], {
    cwd: repository,
    maxBuffer: 256 * 1024 * 1024,
  });
  execFileSync('tar', ['-x', '-C', root], { input: archive });
}

function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path) });
}

/** The modules of the repository, but the workspace's own are those of the sandbox. */
function linkModules(modules: string, root: string, packages: readonly string[]): void {
  mkdirSync(join(root, 'node_modules', WORKSPACE), { recursive: true });
  for (const name of readdirSync(modules))
    if (name !== WORKSPACE && name !== '.cache')
      symlinkSync(join(modules, name), join(root, 'node_modules', name));
  for (const path of packages) {
    const { name } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as { name: string };
    symlinkSync(join(root, path), join(root, 'node_modules', name));
  }
}
