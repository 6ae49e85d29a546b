import type { Claim } from '../claims.ts';

const CRYPTO = 'libs/crypto/src';
const RELAY = 'libs/testing/src/relay';

/** Who is in a room, and what was said there in which order: claims 1 to 12. */
export const WHO_AND_WHAT: readonly Claim[] = [
  {
    claim: 1,
    suite: `${RELAY}/strangers.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/key-package.ts`,
        what: 'no MAC is asked of a key package',
        edits: [
          {
            find: `throw new BcError('ERR_KP_MAC', 'the key package was not made with this link and password');`,
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 2,
    suite: `${CRYPTO}/welcome.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/join.ts`,
        what: 'the signature of a group info is not looked at',
        edits: [
          {
            find: `if (!genuine) throw new BcError('ERR_GI_SIG', 'the group info is not signed by its committer');`,
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 3,
    suite: `${CRYPTO}/welcome.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/key-schedule.ts`,
        what: 'the link does not enter the epoch',
        edits: [
          {
            find: `return mix(joiner, psk, 'epoch', contextHash);`,
            put: `return mix(joiner, psk.slice().fill(0), 'epoch', contextHash);`,
          },
        ],
      },
    ],
  },
  {
    claim: 4,
    suite: `${CRYPTO}/commit.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/apply-commit.ts`,
        what: 'the tag of a wrap is not looked at',
        edits: [{ find: '  await requireWrapTag(state.invite, commitId, state.selfIdx, wrap);\n', put: '' }],
      },
    ],
  },
  {
    claim: 4,
    suite: `${RELAY}/order.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/transcript.ts`,
        what: 'what others have seen is not compared',
        edits: [
          {
            find: 'return known === undefined || equalBytes(known.slice(0, ACK_BYTES), acknowledged);',
            put: 'return true;',
          },
        ],
      },
    ],
  },
  {
    claim: 5,
    suite: `${CRYPTO}/messages.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/ratchet.ts`,
        what: 'a message number may come twice',
        edits: [
          {
            find: `if (counter < chain.next) throw new BcError('ERR_REPLAY', 'this message number was used before');`,
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 6,
    suite: `${RELAY}/order.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/transcript.ts`,
        what: 'what others have seen is not compared',
        edits: [
          { find: 'if (seq > this.#position.seq) return false;', put: '' },
          {
            find: 'return known === undefined || equalBytes(known.slice(0, ACK_BYTES), acknowledged);',
            put: 'return true;',
          },
        ],
      },
    ],
  },
  {
    claim: 7,
    suite: `${RELAY}/order.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/transcript.ts`,
        what: 'what others have seen is not compared',
        edits: [
          {
            find: 'return known === undefined || equalBytes(known.slice(0, ACK_BYTES), acknowledged);',
            put: 'return true;',
          },
        ],
      },
    ],
  },
  {
    claim: 8,
    suite: `${RELAY}/halves.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/transcript.ts`,
        what: 'what others have seen is not compared',
        edits: [
          {
            find: 'return known === undefined || equalBytes(known.slice(0, ACK_BYTES), acknowledged);',
            put: 'return true;',
          },
        ],
      },
    ],
  },
  {
    claim: 9,
    suite: `${RELAY}/halves.spec.ts`,
    mutants: [
      {
        file: 'libs/client/src/session/chat.ts',
        what: 'nobody is told of silence',
        edits: [{ find: `this.#emit({ type: 'alarm', code: 'STALE', cause, since });`, put: '' }],
      },
    ],
  },
  {
    claim: 10,
    suite: `${CRYPTO}/messages.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/messages.ts`,
        what: 'the signature of a message is not looked at',
        edits: [
          {
            find: `if (!valid) throw new BcError('ERR_SIG', 'the message is not signed by its sender');`,
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 10,
    suite: `${CRYPTO}/commit.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/apply-commit.ts`,
        what: 'the signature of a commit is not looked at',
        edits: [
          {
            find: `throw new BcError('ERR_COMMIT_SIG', 'the commit is not signed by its committer');`,
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 11,
    suite: `${CRYPTO}/removal.spec.ts`,
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
    claim: 12,
    suite: `${RELAY}/strangers.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/key-package.ts`,
        what: 'a key package of another link counts',
        edits: [
          {
            find: `throw new BcError('ERR_INVITE', 'the key package is for another room or link');`,
            put: '',
          },
          {
            find: `throw new BcError('ERR_KP_MAC', 'the key package was not made with this link and password');`,
            put: '',
          },
        ],
      },
    ],
  },
];
