import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/** Lets a task run that nobody waits for. Its failure is worth a line and no more than that: the pod goes on. */
export function inBackground(task: Promise<unknown>, log: Log): void {
  task.catch((error: unknown) =>
    log.error({ error: describeError(error) }, 'A task in the background failed.'),
  );
}
