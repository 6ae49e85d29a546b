import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Masked, Step } from './browser/planted.ts';
import { openChromium } from './chromium.ts';
import { cdpOfNode, cdpOfWorker, type Cdp } from './cdp.ts';
import { collectGarbage, secretsIn, type Secrets } from './heap-scan.ts';

/** A process that does the steps of `planted.ts`, and the way into its memory. */
export interface LookedThrough {
  cdp: Cdp;
  step(name: Step): Promise<Masked>;
  /** Which secrets stand in buffers that are alive, after a collection of garbage. */
  alive(secrets: Secrets): Promise<string[]>;
  close(): Promise<void>;
}

export async function nodeProcess(): Promise<LookedThrough> {
  const script = fileURLToPath(new URL('planted-in-node.ts', import.meta.url));
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', '--no-warnings', script], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve) => {
    let said = '';
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      const [, found] = /listening on (ws:\/\/\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
  });
  const cdp = await cdpOfNode(url);
  return {
    cdp,
    alive: (secrets) => secretsIn(cdp, secrets),
    step: (name) =>
      new Promise((resolve, reject) => {
        child.once('message', (answer: { value?: Masked; error?: string }) =>
          answer.value ? resolve(answer.value) : reject(new Error(answer.error)),
        );
        child.send(name);
      }),
    close: async () => {
      cdp.close();
      child.kill();
      await ended;
    },
  };
}

export async function chromiumWorker(url: string): Promise<LookedThrough> {
  const engine = await openChromium(url);
  const worker = cdpOfWorker(engine.page);
  await engine.run('alive', {});
  const cdp = await worker;
  return {
    cdp,
    step: (name) => engine.run('plant', name),
    alive: async (secrets) => {
      await collectGarbage(cdp);
      return engine.run('alive', secrets);
    },
    close: () => engine.close(),
  };
}
