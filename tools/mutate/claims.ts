/** Changes to one product file, by its text: each `find` stands there exactly once. */
export interface ClaimMutant {
  file: string;
  edits: readonly { find: string; put: string }[];
  /** The change in words. */
  what: string;
}

/** A claim of docs/THREAT-MODEL.md, a suite with tests titled after it, and what turns them red. */
export interface Claim {
  claim: number;
  suite: string;
  mutants: readonly ClaimMutant[];
}

const CRYPTO = 'libs/crypto/src';
const RELAY = 'libs/testing/src/relay';

/** At least one for every claim that has tests; 29 is about files that a browser was served, and needs whole builds. */
export const CLAIMS: readonly Claim[] = [
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
  {
    claim: 21,
    suite: `${RELAY}/listener.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/invite.ts`,
        what: 'the password serves as the gate',
        edits: [
          {
            find: 'return { rid, gate, joinKey, controlKey, psk };',
            put: 'return { rid, gate: lastPassword, joinKey, controlKey, psk };',
          },
          {
            find: `const bytes = utf8(password.normalize('NFKC'));`,
            put: `const bytes = utf8(password.normalize('NFKC'));
  lastPassword = utf8(password.padEnd(32));`,
          },
          {
            find: 'export function copyInvite(',
            put: 'let lastPassword: Bytes = new Uint8Array(32);\nexport function copyInvite(',
          },
        ],
      },
    ],
  },
  {
    claim: 22,
    suite: 'libs/rooms/src/redis/redis-dump.spec.ts',
    mutants: [
      {
        file: 'libs/rooms/src/rules/address-keys.ts',
        what: 'addresses are kept as they are',
        edits: [
          {
            find: 'return `${shard}.${toBase64Url(copyOf(mac.subarray(0, KEY_BYTES)))}`;',
            put: 'return `${shard}.${network}${mac.length}`;',
          },
        ],
      },
    ],
  },
  {
    claim: 23,
    suite: 'libs/rooms/src/redis/redis-dump.spec.ts',
    mutants: [
      {
        file: 'libs/rooms/src/rules/gate.ts',
        what: 'no pepper protects what is kept of a gate',
        edits: [{ find: `createHmac('sha256', pepper)`, put: `createHmac('sha256', pepper.slice(0, 0))` }],
      },
    ],
  },
  {
    claim: 24,
    suite: `${CRYPTO}/invite.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/invite.ts`,
        what: 'any number of rounds will do',
        edits: [
          {
            find: "    throw new BcError('ERR_KDF_WEAK', `a password needs at least ${MIN_ITERATIONS} rounds`);",
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 25,
    suite: `${CRYPTO}/rotation.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/commit-policy.ts`,
        what: 'anybody changes the rules',
        edits: [
          {
            find: `throw new BcError('ERR_POLICY', 'only the owner changes the rules of the room');`,
            put: '',
          },
        ],
      },
      {
        file: `${CRYPTO}/commit-policy.ts`,
        what: 'rules that were fixed change',
        edits: [
          { find: `throw new BcError('ERR_POLICY', 'this rule was fixed when the room was made');`, put: '' },
        ],
      },
    ],
  },
  {
    claim: 26,
    suite: `${CRYPTO}/attachment.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/attachment.ts`,
        what: 'the hash of a file is not looked at',
        edits: [{ find: 'if (!equalBytes(await sha256(this.#ciphertext), hash)) throw damaged();', put: '' }],
      },
    ],
  },
  {
    claim: 27,
    suite: `${CRYPTO}/safety.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/safety.ts`,
        what: 'the words depend on the order of members',
        edits: [{ find: 'sigPubs.map(toHex).sort();', put: 'sigPubs.map(toHex);' }],
      },
      {
        file: `${CRYPTO}/safety.ts`,
        what: 'the words do not depend on keys',
        edits: [{ find: `utf8(sorted.join(''))`, put: 'utf8(String(sorted.length))' }],
      },
    ],
  },
  {
    claim: 28,
    suite: `${CRYPTO}/key-update.spec.ts`,
    mutants: [
      {
        file: `${CRYPTO}/key-updates.ts`,
        what: 'older keys are wrapped to when newer ones were named',
        edits: [
          {
            find: 'if (announced > (newest?.update.kuSeq ?? 0)) throw new KeyRollbackError(idx);',
            put: '',
          },
        ],
      },
      {
        file: `${CRYPTO}/key-update.ts`,
        what: 'the signature of a key update is not looked at',
        edits: [
          {
            find: "throw new BcError('ERR_KU_SIG', 'the key update is not signed by its member');",
            put: '',
          },
        ],
      },
    ],
  },
  {
    claim: 30,
    suite: 'apps/web/src/app/room/rich-text/hostile.spec.ts',
    mutants: [
      {
        file: 'apps/web/src/app/room/rich-text/link-target.ts',
        what: 'a link may lead anywhere',
        edits: [
          {
            find: `return SCHEMES.has(url.protocol) && url.host !== '' ? url : undefined;`,
            put: 'return url;',
          },
        ],
      },
    ],
  },
  {
    claim: 31,
    suite: 'apps/gateway/src/edge/handshake.spec.ts',
    mutants: [
      {
        file: 'apps/gateway/src/edge/origin.ts',
        what: 'any page may connect',
        edits: [
          {
            find: 'if (allowed !== undefined) return allowed.includes(origin);',
            put: 'if (allowed !== undefined) return true;',
          },
        ],
      },
    ],
  },
  {
    claim: 32,
    suite: 'tools/engines/engines.spec.ts',
    mutants: [
      {
        file: `${CRYPTO}/webcrypto.ts`,
        what: 'signatures may have any length',
        edits: [{ find: 'signature.length === SIGNATURE_BYTES && ', put: '' }],
      },
    ],
  },
  {
    claim: 33,
    suite: 'libs/client/src/stories/discussing.spec.ts',
    mutants: [
      {
        file: 'libs/client/src/content/message-content.ts',
        what: 'anybody changes anything',
        edits: [{ find: " && (kind === 'reaction' || mid === this.mid)", put: '' }],
      },
      {
        file: 'libs/client/src/session/active-room.ts',
        what: 'newcomers are handed what was taken back',
        edits: [
          { find: 'this.group.forget(({ seq }) => seqs.has(seq))', put: 'this.group.forget(() => false)' },
        ],
      },
    ],
  },
];
