import type { Bytes } from './bytes.ts';
import { BcError } from './errors.ts';

/** Reads big-endian fields in order (PROTOCOL §6.1). Short input and trailing bytes throw `ERR_FORMAT`. */
export class Reader {
  readonly #bytes: Bytes;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Bytes) {
    // A plain view: slice() of a Node Buffer would share memory instead of copying.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get atEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  u24(): number {
    return this.u8() * 0x10000 + this.u16();
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  /** A 64-bit integer that a double can hold; larger ones are refused. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#advance(8));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed('an integer is out of range');
    return Number(value);
  }

  bytes(length: number): Bytes {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  v16(): Bytes {
    return this.bytes(this.u16());
  }

  v24(): Bytes {
    return this.bytes(this.u24());
  }

  v32(): Bytes {
    return this.bytes(this.u32());
  }

  /** Everything read so far, from an earlier offset on. */
  since(start: number): Bytes {
    return this.#bytes.slice(start, this.#offset);
  }

  /** All that is left. */
  rest(): Bytes {
    return this.bytes(this.#bytes.length - this.#offset);
  }

  end(): void {
    if (!this.atEnd) throw malformed('trailing bytes');
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw malformed('the input is too short');
    this.#offset = start + length;
    return start;
  }
}

function malformed(message: string): BcError {
  return new BcError('ERR_FORMAT', message);
}
