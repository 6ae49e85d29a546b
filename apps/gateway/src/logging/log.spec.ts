import { afterEach, describe, expect, test } from '@jest/globals';
import { Harness } from '../testing/harness.ts';
import { tellWholeStory } from '../testing/whole-story.ts';
import { describeError } from './describe-error.ts';

const harness = new Harness();
afterEach(() => harness.end());

test('a whole story at the most talkative level leaves nothing of anybody in the log', async () => {
  const gateway = await harness.gateway({ logLevel: 'debug', trustedProxies: ['127.0.0.1'] });
  const canaries = await tellWholeStory(harness, gateway);
  await gateway.drain();
  const log = harness.logLines.join('');
  expect(log).toContain('Embedded store');
  for (const canary of canaries) expect(log).not.toContain(canary);
});

describe('what is said of an error', () => {
  test('is its name, its code and where it came from, never its message or its fields', () => {
    const error = Object.assign(new RangeError('canary\n    at canary (canary)'), {
      code: 'ERR_SOMETHING',
      command: { args: ['canary'] },
    });
    const said = describeError(error);
    expect(said).toMatchObject({ name: 'RangeError', code: 'ERR_SOMETHING' });
    expect(said.at?.[0]).toMatch(/^at .*log\.spec\.ts:\d+:\d+/);
    expect(JSON.stringify(said)).not.toContain('canary');
  });

  test('is its type when it is none', () => {
    expect(describeError('canary')).toEqual({ name: 'string' });
  });
});
