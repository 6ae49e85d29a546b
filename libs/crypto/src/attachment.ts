import {
  CHUNK_BYTES,
  CHUNK_OVERHEAD,
  chunkCount,
  MAX_ATTACHMENT_BYTES,
  paddedSize,
  sealedSize,
} from './attachment-size.ts';
import { type Bytes, concat } from './bytes.ts';
import { equalBytes } from './constant-time.ts';
import { BcError } from './errors.ts';
import { tag } from './labels.ts';
import type { Suite } from './suites.ts';
import { aesGcmOpenWith, aesGcmSealWith, importAesKey, randomBytes, sha256 } from './webcrypto.ts';
import { u16, u32, u64, u8 } from './writer.ts';

/** What opens a file, and what it is checked against: told to members inside a signed manifest only. */
export interface AttachmentKey {
  /** What the server knows the file by, 16 bytes. */
  fileId: Bytes;
  /** 32 bytes. */
  key: Bytes;
  /** 7 bytes, the beginning of every nonce. */
  prefix: Bytes;
  /** Of the file, in bytes. */
  size: number;
  /** SHA-256 of the whole ciphertext. */
  hash: Bytes;
}

/** A file that is ready to be handed to the server, chunk by chunk. */
export interface SealedAttachment {
  key: AttachmentKey;
  /** All chunks, one after the other. */
  ciphertext: Bytes;
}

/**
 * Encrypts a file under a key of its own (STREAM over AES-256-GCM, PROTOCOL §6.15), padded so that its size tells little.
 * @throws BcError ERR_TOO_LARGE, ERR_FORMAT when it is empty
 */
export async function sealAttachment(suite: Suite, file: Bytes): Promise<SealedAttachment> {
  requireSize(file.length);
  const secrets = { fileId: randomBytes(16), key: randomBytes(32), prefix: randomBytes(7) };
  const padded = paddedSize(file.length);
  const aesKey = await importAesKey(secrets.key);
  const ciphertext = new Uint8Array(sealedSize(padded));
  for (let index = 0; index < chunkCount(padded); index++) {
    const plaintext = new Uint8Array(Math.min(CHUNK_BYTES, padded - index * CHUNK_BYTES));
    plaintext.set(file.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
    const [nonce, aad] = inputsOf(suite, secrets, padded, index);
    ciphertext.set(await aesGcmSealWith(aesKey, nonce, aad, plaintext), offsetOf(index));
    plaintext.fill(0);
  }
  return { key: { ...secrets, size: file.length, hash: await sha256(ciphertext) }, ciphertext };
}

/** One chunk of a sealed file, without a copy. */
export function chunkOf(ciphertext: Bytes, index: number): Bytes {
  return ciphertext.subarray(offsetOf(index), offsetOf(index + 1));
}

/**
 * Opens a file, chunk by chunk in order: each is verified as it comes, all of it at the end. What was opened so far is
 * nobody's before `finish`.
 */
export class AttachmentOpener {
  readonly #suite: Suite;
  readonly #key: AttachmentKey;
  readonly #padded: number;
  readonly #aesKey: Promise<CryptoKey>;
  readonly #file: Bytes;
  readonly #ciphertext: Bytes;
  #next = 0;

  constructor(suite: Suite, key: AttachmentKey) {
    requireSize(key.size);
    this.#suite = suite;
    this.#key = key;
    this.#padded = paddedSize(key.size);
    this.#aesKey = importAesKey(key.key);
    this.#file = new Uint8Array(this.#padded);
    this.#ciphertext = new Uint8Array(sealedSize(this.#padded));
  }

  /** The chunk that comes next. */
  get next(): number {
    return this.#next;
  }

  get chunks(): number {
    return chunkCount(this.#padded);
  }

  /** @throws BcError ERR_AEAD when it isn't the chunk of this file that comes next */
  async add(chunk: Bytes): Promise<void> {
    const index = this.#next;
    if (chunk.length !== chunkOf(this.#ciphertext, index).length) throw damaged();
    const [nonce, aad] = inputsOf(this.#suite, this.#key, this.#padded, index);
    const plaintext = await aesGcmOpenWith(await this.#aesKey, nonce, aad, chunk);
    if (plaintext === undefined) throw damaged();
    this.#file.set(plaintext, index * CHUNK_BYTES);
    plaintext.fill(0);
    this.#ciphertext.set(chunk, offsetOf(index));
    this.#next += 1;
  }

  /** The file. @throws BcError ERR_AEAD when chunks are missing or it isn't the file that the manifest describes */
  async finish(): Promise<Bytes> {
    const { size, hash } = this.#key;
    if (this.#next !== this.chunks) throw damaged();
    if (!equalBytes(await sha256(this.#ciphertext), hash)) throw damaged();
    if (this.#file.subarray(size).some((byte) => byte !== 0)) throw damaged();
    return this.#file.subarray(0, size);
  }

  /** Overwrites what was opened: nobody waits for the rest. */
  erase(): void {
    this.#file.fill(0);
  }
}

function requireSize(size: number): void {
  if (size < 1) throw new BcError('ERR_FORMAT', 'a file has at least one byte');
  if (size > MAX_ATTACHMENT_BYTES) throw new BcError('ERR_TOO_LARGE', 'the file is too large');
}

const offsetOf = (index: number): number => index * (CHUNK_BYTES + CHUNK_OVERHEAD);

/** Nonce and associated data of a chunk: they say which one it is, whether it is the last, and of which file. */
function inputsOf(
  suite: Suite,
  { fileId, prefix }: Pick<AttachmentKey, 'fileId' | 'prefix'>,
  padded: number,
  index: number,
): [Bytes, Bytes] {
  const isLast = index === chunkCount(padded) - 1;
  const nonce = concat(prefix, u32(index), u8(isLast ? 1 : 0));
  return [nonce, concat(tag('att'), u16(suite), fileId, u64(padded), u32(CHUNK_BYTES))];
}

const damaged = (): BcError => new BcError('ERR_AEAD', 'this is not the file that was described');
