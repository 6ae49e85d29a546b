import { BLOB_CHUNK_BYTES, type Bytes } from '@bytechat/protocol';
import type { AddressKeys, BlobStore, PutChunk } from '@bytechat/rooms';
import { newAddress, randomOf, type Person, type Scene } from './people.ts';

/** A file as a client would send it: chunks of bytes that nobody can read. */
export class TestFile {
  readonly fileId = randomOf(16);
  readonly bytes: Bytes;
  readonly chunks: number;
  readonly #scene: Scene;
  readonly #address: AddressKeys;

  /** @param size of all chunks together */
  constructor(scene: Scene, size: number, address = newAddress()) {
    this.#scene = scene;
    this.#address = address;
    this.bytes = randomOf(size);
    this.chunks = Math.ceil(size / BLOB_CHUNK_BYTES);
  }

  chunk(index: number): Bytes {
    return this.bytes.slice(index * BLOB_CHUNK_BYTES, (index + 1) * BLOB_CHUNK_BYTES);
  }

  put(
    blobs: BlobStore,
    { mid, connection }: Person,
    index: number,
    change: Partial<PutChunk> = {},
  ): Promise<{ missing: number }> {
    return blobs.putChunk({
      ...{ rid: this.#scene.rid, mid, connection, address: this.#address, fileId: this.fileId },
      ...{ size: this.bytes.length, chunks: this.chunks, index, bytes: this.chunk(index) },
      ...change,
    });
  }

  async putAll(blobs: BlobStore, person: Person): Promise<void> {
    for (let index = 0; index < this.chunks; index++) await this.put(blobs, person, index);
  }

  get(blobs: BlobStore, { mid, connection }: Person, index: number, rid = this.#scene.rid): Promise<Bytes> {
    return blobs.getChunk({ rid, mid, connection, fileId: this.fileId, index });
  }
}
