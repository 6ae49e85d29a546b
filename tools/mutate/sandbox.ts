import { spawn } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = join('libs', 'crypto');
/** A mutant that loops for ever is noticed too. */
const TIMEOUT_MS = 180_000;

/** A copy of `libs/crypto` in a folder of its own, in which one file at a time is changed. */
export class Sandbox {
  readonly #root: string;
  readonly #repository: string;

  constructor(repository: string) {
    this.#repository = repository;
    this.#root = mkdtempSync(join(tmpdir(), 'bytechat-mutate-'));
    for (const path of [PACKAGE, 'jest.preset.mjs', 'package.json']) {
      cpSync(join(repository, path), join(this.#root, path), { recursive: true });
    }
    symlinkSync(join(repository, 'node_modules'), join(this.#root, 'node_modules'));
  }

  get sources(): string {
    return join(this.#root, PACKAGE, 'src');
  }

  /** All suites, as absolute paths. */
  get suites(): string[] {
    return globSync('*.spec.ts', { cwd: this.sources }).map((name) => join(this.sources, name));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.sources, file), text);
  }

  /** Whether all these suites pass. */
  passes(suites: readonly string[]): Promise<boolean> {
    const jest = join(this.#repository, 'node_modules', 'jest', 'bin', 'jest.js');
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const options = ['--bail', '--silent', '--runInBand', '--forceExit', '--runTestsByPath'];
    const shared = join(this.#repository, '..', 'shared', 'wycheproof');
    const child = spawn(process.execPath, [...flags, jest, ...options, ...suites], {
      cwd: join(this.#root, PACKAGE),
      stdio: 'ignore',
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      env: { WYCHEPROOF_DIR: shared, ...process.env },
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code === 0));
    });
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
