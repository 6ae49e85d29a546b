import { type Bytes, concat, toHex } from '../bytes.ts';
import {
  aesGcmOpen,
  aesGcmSeal,
  ecdh,
  ecdsaVerify,
  hkdfSha256,
  hmacSha256,
  importDhKey,
  importVerifyKey,
  pbkdf2Sha256,
  rsaUnwrap,
} from '../webcrypto.ts';
import { fromHex } from './hex.ts';

interface Case {
  tcId: number;
  result: 'valid' | 'invalid' | 'acceptable';
}

/** Bytes are hexadecimal. */
type Test<Hex extends string, Num extends string = never> = Case & Record<Hex, string> & Record<Num, number>;

interface Group<T> {
  tests: T[];
}

interface Suite<G extends Group<Case>> {
  file: string;
  /** How many cases of the file use parameters of BC/1. */
  count: number;
  uses(group: G): boolean;
  /** Whether the product takes or gives what the case says is right. */
  accepts(group: G, test: G['tests'][number]): Promise<boolean>;
}

/** A published file of cases, and how the product's own file for WebCrypto is held against it. */
export interface WycheproofSuite {
  file: string;
  count: number;
  /** Runs all cases of a parsed file that concern BC/1; gives their number and the ids of those that differ. */
  run(data: unknown): Promise<{ count: number; differing: number[] }>;
}

/** Knows neither files nor a test framework, so that a browser runs the same. */
export const WYCHEPROOF: readonly WycheproofSuite[] = [
  suite<Group<Test<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag'>> & { ivSize: number; keySize: number }>({
    file: 'aes_gcm_test.json',
    count: 66,
    uses: ({ ivSize, keySize }) => ivSize === 96 && keySize === 256,
    accepts: async (_, test) => {
      const [key, iv, aad, message] = [
        fromHex(test.key),
        fromHex(test.iv),
        fromHex(test.aad),
        fromHex(test.msg),
      ];
      const sealed = concat(fromHex(test.ct), fromHex(test.tag));
      const opened = await aesGcmOpen(key, iv, aad, sealed);
      const same = toHex(await aesGcmSeal(key, iv, aad, message)) === toHex(sealed);
      return opened !== undefined && toHex(opened) === test.msg && same;
    },
  }),
  suite<Group<Test<'public' | 'private' | 'shared'>>>({
    file: 'ecdh_secp256r1_ecpoint_test.json',
    count: 355,
    uses: () => true,
    accepts: async (_, test) => {
      const point = await importDhKey(fromHex(test.public));
      if (!point) return false;
      const shared = await ecdh(await importScalar(fromHex(test.private)), point);
      return toHex(shared) === test.shared;
    },
  }),
  suite<Group<Test<'msg' | 'sig'>> & { publicKey: { uncompressed: string } }>({
    file: 'ecdsa_secp256r1_sha256_p1363_test.json',
    count: 262,
    uses: () => true,
    accepts: async ({ publicKey }, test) => {
      const key = await importVerifyKey(fromHex(publicKey.uncompressed));
      return key !== undefined && (await ecdsaVerify(key, fromHex(test.sig), fromHex(test.msg)));
    },
  }),
  suite<Group<Test<'ikm' | 'salt' | 'info' | 'okm', 'size'>>>({
    file: 'hkdf_sha256_test.json',
    count: 86,
    uses: () => true,
    accepts: async (_, test) => {
      const okm = hkdfSha256(fromHex(test.ikm), fromHex(test.salt), fromHex(test.info), test.size);
      return okm.then((bytes) => toHex(bytes) === test.okm).catch(() => false);
    },
  }),
  suite<Group<Test<'key' | 'msg' | 'tag'>> & { tagSize: number }>({
    file: 'hmac_sha256_test.json',
    count: 174,
    uses: () => true,
    accepts: async ({ tagSize }, test) => {
      const mac = await hmacSha256(fromHex(test.key), fromHex(test.msg));
      return toHex(mac.slice(0, tagSize / 8)) === test.tag;
    },
  }),
  suite<Group<Test<'password' | 'salt' | 'dk', 'iterationCount'>>>({
    file: 'pbkdf2_hmacsha256_test.json',
    count: 60,
    uses: () => true,
    // BC/1 takes 32 bytes: the first block, which every longer or shorter output begins with.
    accepts: async (_, test) => {
      const key = await pbkdf2Sha256(fromHex(test.password), fromHex(test.salt), test.iterationCount);
      const [ours, theirs] = [toHex(key), test.dk];
      return ours.startsWith(theirs) || theirs.startsWith(ours);
    },
  }),
  suite<Group<Test<'msg' | 'ct' | 'label'>> & { privateKeyPkcs8: string }>({
    file: 'rsa_oaep_2048_sha256_mgf1sha256_test.json',
    count: 37,
    uses: () => true,
    accepts: async ({ privateKeyPkcs8 }, test) => {
      const key = await globalThis.crypto.subtle.importKey(
        'pkcs8',
        fromHex(privateKeyPkcs8),
        { name: 'RSA-OAEP', hash: 'SHA-256' },
        false,
        ['decrypt'],
      );
      const message = await rsaUnwrap(key, fromHex(test.label), fromHex(test.ct));
      return message !== undefined && toHex(message) === test.msg;
    },
  }),
];

/** "Acceptable" cases are compressed points: BC/1 refuses them. */
function suite<G extends Group<Case>>({ file, count, uses, accepts }: Suite<G>): WycheproofSuite {
  const run = async (data: unknown) => {
    const { testGroups } = data as { testGroups: G[] };
    const cases = testGroups
      .filter(uses)
      .flatMap((group) => group.tests.map((test: G['tests'][number]) => ({ group, test })));
    const differing: number[] = [];
    for (const { group, test } of cases) {
      if ((await accepts(group, test)) !== (test.result === 'valid')) differing.push(test.tcId);
    }
    return { count: cases.length, differing };
  };
  return { file, count, run };
}

/** A private key from its bare number (RFC 5915 in PKCS #8). */
function importScalar(scalar: Bytes): Promise<CryptoKey> {
  const padded = concat(new Uint8Array(32), scalar).slice(-32);
  const head = fromHex('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420');
  const p256 = { name: 'ECDH', namedCurve: 'P-256' };
  return globalThis.crypto.subtle.importKey('pkcs8', concat(head, padded), p256, false, ['deriveBits']);
}
