import type { Bytes, ClientEventPayload } from '@bytechat/protocol';

/**
 * Whoever wants the room's keys wrapped to its own: it has an RSA, an ECDH and a signing pair, and works everything out
 * by hand from the layouts of docs/PROTOCOL.md, with no line of the clients' code.
 */
export class KeyThief {
  readonly #rsa: CryptoKeyPair;
  readonly #signing: CryptoKeyPair;
  readonly #spki: Bytes;
  readonly #dhPub: Bytes;
  readonly #sigPub: Bytes;

  private constructor(pairs: readonly CryptoKeyPair[], publics: readonly Bytes[]) {
    [this.#rsa, this.#signing] = pairs as [CryptoKeyPair, CryptoKeyPair];
    [this.#spki, this.#dhPub, this.#sigPub] = publics as [Bytes, Bytes, Bytes];
  }

  static async create(): Promise<KeyThief> {
    const { subtle } = globalThis.crypto;
    const rsaKind = { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 2048 };
    const p256 = { namedCurve: 'P-256' };
    const rsa = await subtle.generateKey({ ...rsaKind, publicExponent: Uint8Array.of(1, 0, 1) }, true, [
      'decrypt',
      'encrypt',
    ]);
    const dh = await subtle.generateKey({ name: 'ECDH', ...p256 }, true, ['deriveBits']);
    const signing = await subtle.generateKey({ name: 'ECDSA', ...p256 }, true, ['sign', 'verify']);
    const spki = new Uint8Array(await subtle.exportKey('spki', rsa.publicKey));
    const dhPub = new Uint8Array(await subtle.exportKey('raw', dh.publicKey));
    const sigPub = new Uint8Array(await subtle.exportKey('raw', signing.publicKey));
    return new KeyThief([rsa, signing], [spki, dhPub, sigPub]);
  }

  /** A newcomer's key package with the encryption keys exchanged; signature and MAC stay as they are. */
  withOwnKeys(genuine: Bytes): Bytes {
    const forged = Uint8Array.from(genuine);
    forged.set(this.#spki, RSA_AT);
    forged.set(this.#dhPub, DH_AT);
    return forged;
  }

  /** The same, signed anew by a key of the thief's own; the MAC is made with whatever key it has. */
  async ownPackage(genuine: Bytes, macKey: Bytes): Promise<Bytes> {
    const unsigned = this.withOwnKeys(genuine).slice(0, SIGNATURE_AT - 2);
    unsigned.set(this.#sigPub, SIG_PUB_AT);
    const { subtle } = globalThis.crypto;
    const signature = await subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      this.#signing.privateKey,
      joined(tag('KP'), unsigned),
    );
    const core = joined(unsigned, Uint8Array.of(0, 64), new Uint8Array(signature));
    return joined(core, await mac(macKey, joined(tag('KPMAC'), core)));
  }

  /** Whether a wrap of a staged welcome opens with the thief's RSA key, under the label that belongs to it. */
  async opens(
    { wrap, kph }: { wrap: Bytes; kph: Bytes },
    { gid, epoch }: { gid: Bytes; epoch: number },
  ): Promise<boolean> {
    const label = await sha256(
      joined(
        joined(tag('wrap welcome'), gid, u32(epoch), kph),
        joined(u16(this.#spki.length), this.#spki, u16(this.#dhPub.length), this.#dhPub),
      ),
    );
    const parameters = { name: 'RSA-OAEP', label };
    return globalThis.crypto.subtle.decrypt(parameters, this.#rsa.privateKey, wrap.slice(0, 256)).then(
      () => true,
      () => false,
    );
  }
}

type Shared = ClientEventPayload<'share_session_key'>;

/** The welcomes that somebody has staged, from all that a server was told. */
export function stagedWelcomes(
  heard: readonly { event: string; payload: unknown }[],
): { wrap: Bytes; kph: Bytes }[] {
  return heard
    .filter(({ event }) => event === 'share_session_key')
    .map(({ payload }) => payload as Shared)
    .flatMap((shared) => (shared.kind === 'stage' ? shared.welcomes : []));
}

/** The group's id, which its founder tells the server. */
export function gidIn(heard: readonly { event: string; payload: unknown }[]): Bytes {
  const found = heard.map(({ payload }) => payload as Shared).find(({ kind }) => kind === 'found');
  if (found?.kind !== 'found') throw new Error('Nobody has founded a group.');
  return found.gid;
}

/** K_join of an invite code: what only who has the link can make (docs/PROTOCOL.md §3). */
export async function joinKeyOf(linkSecret: Bytes): Promise<Bytes> {
  const rid = await hkdf(linkSecret, new Uint8Array(0), info('room id', new Uint8Array(0), 16), 16);
  const root = await hkdf(linkSecret, new Uint8Array(32), info('root', rid, 32), 32);
  return hkdf(root, new Uint8Array(0), info('join mac', rid, 32), 32);
}

const SIG_PUB_AT = 47;
const RSA_AT = 114;
const DH_AT = 410;
const SIGNATURE_AT = 477;

function tag(label: string): Bytes {
  return new TextEncoder().encode(`BC1 ${label}\0`);
}

function info(label: string, context: Bytes, length: number): Bytes {
  const name = new TextEncoder().encode(`BC1 ${label}`);
  return joined(u16(length), Uint8Array.of(name.length), name, u16(context.length), context);
}

async function hkdf(ikm: Bytes, salt: Bytes, context: Bytes, length: number): Promise<Bytes> {
  const key = await globalThis.crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info: context };
  return new Uint8Array(await globalThis.crypto.subtle.deriveBits(parameters, key, length * 8));
}

async function mac(key: Bytes, data: Bytes): Promise<Bytes> {
  const kind = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await globalThis.crypto.subtle.importKey('raw', key, kind, false, ['sign']);
  return new Uint8Array(await globalThis.crypto.subtle.sign('HMAC', imported, data));
}

async function sha256(data: Bytes): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', data));
}

function u16(value: number): Bytes {
  return Uint8Array.of(value >> 8, value & 255);
}

function u32(value: number): Bytes {
  return joined(u16(value >>> 16), u16(value & 65_535));
}

function joined(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
