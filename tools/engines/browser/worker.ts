import { fetchFiles } from './files.ts';
import { runTests } from './small-jest.ts';
import { secretsAlive, trackBuffers } from './tracked-buffers.ts';

/** What a worker of the page does for the script that drives the browser, by its name. */
const tasks: Readonly<Record<string, (given: never) => Promise<unknown>>> = {
  vectors,
  wycheproof,
  bench,
  benchAlone,
  plant,
  alive,
};

interface Port {
  onmessage: ((event: { data: { task: string; given: never } }) => void) | null;
  postMessage(message: unknown): void;
}

const port = globalThis as unknown as Port;
port.onmessage = ({ data: { task, given } }) => {
  const work = tasks[task];
  const done = work ? work(given) : Promise.reject(new Error(`There is no task ${task}.`));
  done.then(
    (value) => port.postMessage({ value }),
    (error: unknown) => port.postMessage({ error: String(error) }),
  );
};

/** The suites of our own vectors, as they are. */
async function vectors(): Promise<unknown> {
  await fetchFiles(['bc1.json', 'rooms.json']);
  await import('@bytechat/crypto/vectors.spec');
  await import('@bytechat/crypto/recorded-room.spec');
  return runTests();
}

/** The published cases, through the product's own file for WebCrypto. */
async function wycheproof(): Promise<unknown> {
  const { WYCHEPROOF } = await import('@bytechat/crypto/test-support/wycheproof');
  const outcomes: Record<string, unknown> = {};
  for (const { file, count, run } of WYCHEPROOF) {
    const data: unknown = await (await fetch(`/wycheproof/${file}`)).json();
    outcomes[file] = { expected: { count, differing: [] }, outcome: await run(data) };
  }
  return outcomes;
}

async function bench(given: never): Promise<unknown> {
  const { measure } = await import('../../bench-crypto/measure.ts');
  return measure(given);
}

async function benchAlone(rounds: never): Promise<unknown> {
  const { measureAlone } = await import('../../bench-crypto/measure.ts');
  return measureAlone(rounds);
}

/** One step of a member whose memory is looked through. */
async function plant(name: never): Promise<unknown> {
  const { step } = await import('./planted.ts');
  return step(name);
}

let tracking = false;

/** Which secrets stand in buffers made since the first call. */
async function alive(secrets: never): Promise<unknown> {
  if (!tracking) trackBuffers();
  tracking = true;
  return secretsAlive(secrets);
}
