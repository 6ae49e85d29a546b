import { describe, expect, test } from '@jest/globals';
import { shellWorker } from './shell.ts';

const FILES = {
  'index.html': 'sha256-A',
  'main.js': 'sha256-B',
  'robots.txt': 'sha256-C',
  'whats-new.json': 'sha256-D',
};
const listOf = (worker: string) =>
  JSON.parse(/^const SHELL_BUILD=(.*);\n/.exec(worker)![1]!) as { id: string; files: Record<string, string> };

describe('The worker of the shell', () => {
  test('takes the page under its address, and every file that is of use without a connection', () => {
    expect(listOf(shellWorker('run();', FILES)).files).toEqual({ '/': 'sha256-A', '/main.js': 'sha256-B' });
  });

  test('is another one for every other build, so that browsers see that there is a newer one', () => {
    const { id } = listOf(shellWorker('run();', FILES));
    expect(listOf(shellWorker('run();', FILES)).id).toBe(id);
    expect(listOf(shellWorker('run();', { ...FILES, 'main.js': 'sha256-X' })).id).not.toBe(id);
  });
});
