import type { Claim } from '../claims.ts';

const CRYPTO = 'libs/crypto/src';
const RELAY = 'libs/testing/src/relay';

/** What keys open, and for how long: claims 13 to 20. */
export const SECRETS: readonly Claim[] = [
  {
    claim: 13,
    suite: `${CRYPTO}/secrecy.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/messages.ts`,
        what: 'the epoch of a message is not looked at',
        edits: [
          { find: `throw new BcError('ERR_EPOCH', 'the envelope belongs to another epoch');`, put: '' },
        ],
      },
    ],
  },
  {
    claim: 14,
    suite: `${CRYPTO}/secrecy.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/messages.ts`,
        what: 'the keys of a message are not overwritten',
        edits: [{ find: 'erase(step.messageKey, old.key);', put: '' }],
      },
    ],
  },
  {
    claim: 14,
    suite: 'tools/engines/heap.spec.ts',
    mutants: [
      {
        file: `${CRYPTO}/messages.ts`,
        what: 'the keys of a message are kept',
        edits: [
          {
            find: 'erase(step.messageKey, old.key);',
            put: '(globalThis as never as { kept: unknown[] }).kept = [step.messageKey, old.key];',
          },
        ],
      },
    ],
  },
  {
    claim: 15,
    suite: `${CRYPTO}/healing.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/prepare-commit.ts`,
        what: 'the secret of a rekey is zeros',
        edits: [
          {
            find: 'const commitSecret = rekey ? randomBytes(32) : new Uint8Array(32);',
            put: 'const commitSecret = new Uint8Array(32);',
          },
        ],
      },
    ],
  },
  {
    claim: 16,
    suite: `${CRYPTO}/commit.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/group.ts`,
        what: 'a commit for another epoch is merged',
        edits: [
          {
            find: `if (!proposal) throw new BcError('ERR_EPOCH', 'this commit was made for another epoch');`,
            put: 'if (!proposal) return this.#effectOf({ added: [], removed: [] } as never, 0, false, undefined, false);',
          },
        ],
      },
    ],
  },
  {
    claim: 17,
    suite: `${RELAY}/vanishing.spec.ts`,
    mutants: [
      {
        file: 'libs/client/src/session/admission.ts',
        what: 'the next member waits for long',
        edits: [{ find: 'const RANK_STEP_MS = 1_500;', put: 'const RANK_STEP_MS = 60_000;' }],
      },
    ],
  },
  {
    claim: 18,
    suite: `${CRYPTO}/key-package.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/rsa-key.ts`,
        what: 'any RSA key counts',
        edits: [
          {
            find: `if (!isCanonical(spki)) throw new BcError('ERR_KEY', 'the RSA key is not in its canonical form');`,
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 19,
    suite: `${CRYPTO}/messages.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/padding.ts`,
        what: 'padding may hold anything',
        edits: [{ find: `throw new BcError('ERR_FORMAT', 'the padding is not empty');`, put: '' }],
      },
    ],
  },
  {
    claim: 20,
    suite: `${CRYPTO}/messages.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/padding.ts`,
        what: 'a message has the length of its text',
        edits: [
          { find: 'const bucket = BUCKETS.find((size) => size >= length);', put: 'const bucket = length;' },
        ],
      },
    ],
  },
];
