import { describe, expect, test } from '@jest/globals';
import { matchesLock, whyItFailed } from './install.mjs';

const lock = {
  packages: {
    '': {},
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/@nx/nx-darwin-arm64': { version: '23.2.1', optional: true },
  },
};

describe('Whether node_modules is what the lock asks for', () => {
  test('it is when every needed package stands in its version', () => {
    expect(matchesLock(lock, { packages: { 'node_modules/zod': { version: '4.6.7' } } })).toBe(true);
  });

  test.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/zod': { version: '4.6.6' } }],
    [
      'a package is left over',
      { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/left-pad': { version: '1.0.0' } },
    ],
    [
      'an optional package has another version',
      { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/@nx/nx-darwin-arm64': { version: '22.0.0' } },
    ],
  ])('it is not when %s', (_story, packages) => {
    expect(matchesLock(lock, { packages })).toBe(false);
  });
});

describe('When npm ci fails', () => {
  test('no network is said in one line', () => {
    const { message } = whyItFailed(
      'npm error code EAI_AGAIN\nnpm error request to https://registry.example failed',
    );
    expect(message).toContain('registry is out of reach');
    expect(message.split('\n')).toHaveLength(1);
  });

  test("anything else shows npm's own words", () => {
    expect(whyItFailed('npm error Missing: left-pad@1 from lock file').message).toContain(
      'Missing: left-pad@1',
    );
  });
});
