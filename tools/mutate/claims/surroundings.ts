import type { Claim } from '../claims.ts';

const CRYPTO = 'libs/crypto/src';
const RELAY = 'libs/testing/src/relay';

/** What the server, the store, the link and the page give away, and all that came later: claims 21 to 33. */
export const SURROUNDINGS: readonly Claim[] = [
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
