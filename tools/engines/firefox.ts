import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from './engine.ts';

export const firefoxPath = process.env['BYTECHAT_FIREFOX'] ?? '/usr/bin/firefox-esr';
export const hasFirefox = existsSync(firefoxPath);

interface Evaluated {
  type: 'success' | 'exception';
  result?: { value?: unknown };
  exceptionDetails?: { text: string };
}

/** A stock Firefox, driven over WebDriver BiDi: what playwright-core drives is a Firefox of its own. */
export async function openFirefox(url: string): Promise<Engine> {
  const profile = await mkdtemp(join(tmpdir(), 'bytechat-firefox-'));
  const flags = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const child = spawn(firefoxPath, flags, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('Firefox has ended.')));
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      const [, found] = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
  });
  const wire = await Bidi.open(`${address}/session`);
  const { capabilities } = await wire.send<{ capabilities: { browserVersion: string } }>('session.new', {
    capabilities: {},
  });
  const { contexts } = await wire.send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
  const context = contexts[0]?.context;
  await wire.send('browsingContext.navigate', { context, url, wait: 'complete' });
  const evaluate = async (expression: string): Promise<unknown> => {
    const asked = { expression, target: { context }, awaitPromise: true };
    const answer = await wire.send<Evaluated>('script.evaluate', asked);
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
    return answer.result?.value;
  };
  return {
    name: 'Firefox',
    version: capabilities.browserVersion,
    run: async <T>(task: string, given: unknown = null) => {
      const call = `runInPage(${JSON.stringify(task)}, ${JSON.stringify(given)})`;
      return JSON.parse(String(await evaluate(call))) as T;
    },
    close: async () => {
      wire.close();
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}

interface Answer {
  id: number;
  type: 'success' | 'error';
  result: unknown;
  message?: string;
}

/** The commands of WebDriver BiDi that are needed, over one socket. */
class Bidi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static open(url: string): Promise<Bidi> {
    const socket = new WebSocket(url);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new Bidi(socket)));
      socket.addEventListener('error', () => reject(new Error('Firefox does not answer.')));
    });
  }

  async send<T>(method: string, params: object): Promise<T> {
    const id = ++this.#last;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.type === 'error') throw new Error(answer.message);
    return answer.result as T;
  }

  close(): void {
    this.#socket.close();
  }
}
