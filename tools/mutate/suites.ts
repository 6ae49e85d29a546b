import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Request {
  /** The folder with the jest.config.mjs. */
  project: string;
  /** Absolute paths. */
  suites: readonly string[];
  /** Only tests whose full name matches this. */
  only?: string | undefined;
  /** Stop at the first red test. */
  firstFailure: boolean;
}

export interface Verdict {
  passed: number;
  failed: number;
  /** The first suite that has a red test, or couldn't be loaded. */
  red?: string | undefined;
}

/** A mutant that loops for ever is noticed too. */
const TIMEOUT_MS = 180_000;
/** Modules of earlier runs stay in memory, so a process serves this many requests. */
const REQUESTS_A_PROCESS = 40;
const runner = fileURLToPath(new URL('suite-runner.mjs', import.meta.url));

/** Runs suites in a process of its own, which is replaced now and then. */
export class SuiteProcess {
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #served = 0;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** A process that ends or hangs over a request twice counts as red in its first suite. */
  async run(request: Request): Promise<Verdict> {
    return (
      (await this.#tried(request)) ??
      (await this.#tried(request)) ?? { passed: 0, failed: 1, red: request.suites[0] }
    );
  }

  /** `undefined` when there is no answer; what an earlier request left behind may have ended the process. */
  async #tried(request: Request): Promise<Verdict | undefined> {
    const child = this.#ready();
    this.#served++;
    const verdict = await answerOf(child, request);
    if (!verdict) this.end();
    return verdict;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#served = 0;
  }

  #ready(): ChildProcess {
    if (this.#served >= REQUESTS_A_PROCESS) this.end();
    if (this.#child?.connected === false) this.end();
    this.#child ??= fork(runner, {
      execArgv: ['--experimental-vm-modules', '--no-warnings'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: this.#env,
    });
    return this.#child;
  }
}

function answerOf(child: ChildProcess, request: Request): Promise<Verdict | undefined> {
  return new Promise((resolve) => {
    const settle = (verdict?: Verdict): void => {
      clearTimeout(timer);
      child.off('message', settle);
      child.off('exit', lost);
      resolve(verdict);
    };
    const lost = (): void => settle();
    const timer = setTimeout(lost, TIMEOUT_MS);
    child.on('message', settle);
    child.on('exit', lost);
    child.send(request, (error) => {
      if (error) settle();
    });
  });
}
