import { TestEnvironment } from 'jest-environment-node';

/** Leaves out what comes after the first red test of a file: one is enough to know. */
export default class FirstFailure extends TestEnvironment {
  #red = false;

  /** @param {{ name: string, test?: { mode?: string } }} event */
  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#red = true;
    if (name === 'test_start' && this.#red && test) test.mode = 'skip';
  }
}
