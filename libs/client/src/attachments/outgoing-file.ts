import {
  chunkCount,
  chunkOf,
  encodeManifest,
  MAX_ATTACHMENT_BYTES,
  paddedSize,
  sealAttachment,
  type AttachmentManifest,
  type Bytes,
  type SealedAttachment,
} from '@bytechat/crypto';
import type { Attachment } from '../api.ts';
import { ClientError } from '../errors.ts';
import type { Patience } from './patience.ts';

/** Chunks that are sent again, beyond what a file has, before the server counts as broken. */
const SPARE_PUTS = 64;

/** One file on its way to the server: sealed once, then handed over chunk by chunk, each acknowledged before the next. */
export class OutgoingFile {
  readonly about: Attachment;
  #plaintext: Bytes | undefined;
  #sealed: SealedAttachment | undefined;
  #next = 0;
  /** While it is under way. */
  patience: Patience | undefined;

  constructor(bytes: Bytes, about: Attachment) {
    this.about = about;
    this.#plaintext = bytes;
  }

  get chunks(): number {
    return chunkCount(paddedSize(this.about.size));
  }

  /**
   * Hands over what the server doesn't have yet: after a broken connection it goes on at the first missing chunk.
   * @throws {ClientError} ERR_BLOB_FULL, ERR_BLOB_TOO_LARGE, ERR_CANCELLED, ERR_BUSY (a server that never has enough)
   */
  async deliver(patience: Patience, progress: (done: number) => void): Promise<AttachmentManifest> {
    const { key, ciphertext } = await this.#seal(patience);
    progress(this.#next);
    let puts = this.chunks - this.#next + SPARE_PUTS;
    while (this.#next < this.chunks) {
      if (puts-- === 0) throw new ClientError('ERR_BUSY');
      const i = this.#next;
      const request = { fileId: key.fileId, size: ciphertext.length, i, bytes: chunkOf(ciphertext, i) };
      const { missing } = await patience.ask((port) => port.putChunk(request));
      this.#next = Math.min(missing, this.chunks);
      progress(this.#next);
    }
    return this.#manifest();
  }

  /** The message of this file, when it is sealed. */
  get body(): Bytes {
    return encodeManifest(this.#manifest());
  }

  /** The server has it: only the key is needed from now on. */
  dropBytes(): void {
    this.#sealed?.ciphertext.fill(0);
    this.#sealed = undefined;
  }

  erase(): void {
    this.patience?.stop();
    this.#plaintext = undefined;
    this.#sealed?.key.key.fill(0);
    this.dropBytes();
  }

  /** Also while the room isn't there: only its suite is needed, and that it is known. */
  async #seal(patience: Patience): Promise<SealedAttachment> {
    if (this.#sealed) return this.#sealed;
    const sealed = await patience.ask((port) => sealAttachment(port.suite, this.#plaintext!));
    this.#plaintext = undefined;
    this.#sealed = sealed;
    return sealed;
  }

  #manifest(): AttachmentManifest {
    const { name, mediaType, width, height, preview } = this.about;
    return {
      ...{ key: this.#sealed!.key, name, mediaType },
      ...{ width: width ?? 0, height: height ?? 0, preview: preview ?? new Uint8Array(0) },
    };
  }
}

/** The bytes of a file that may be sent. @throws {ClientError} ERR_FILE_EMPTY, ERR_BLOB_TOO_LARGE */
export async function readFile(data: Uint8Array | Blob): Promise<Bytes> {
  const size = data instanceof Uint8Array ? data.length : data.size;
  if (size === 0) throw new ClientError('ERR_FILE_EMPTY');
  if (size > MAX_ATTACHMENT_BYTES) throw new ClientError('ERR_BLOB_TOO_LARGE');
  if (data instanceof Uint8Array) return data as Bytes;
  return new Uint8Array(await data.arrayBuffer());
}
