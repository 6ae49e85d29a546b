import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const BETWEEN_MS = 250;

/**
 * Asks again until the answer is as wanted; a refusal is an answer too, and never the wanted one.
 * @throws after a minute, with the last answer.
 */
export async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const last = await ask().then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if ('answer' in last && isWanted(last.answer)) return last.answer;
    if (Date.now() > deadline) throw new Error('Waited in vain.', { cause: last });
    await pause(BETWEEN_MS);
  }
}
