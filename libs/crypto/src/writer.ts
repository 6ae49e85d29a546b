import { type Bytes, concat } from './bytes.ts';
import { BcError } from './errors.ts';

/** Big-endian encoders (PROTOCOL §6.1). A value that doesn't fit throws `ERR_FORMAT`. */
export function u8(value: number): Bytes {
  return unsigned(value, 1);
}

export function u16(value: number): Bytes {
  return unsigned(value, 2);
}

export function u24(value: number): Bytes {
  return unsigned(value, 3);
}

export function u32(value: number): Bytes {
  return unsigned(value, 4);
}

export function u64(value: number): Bytes {
  return unsigned(value, 8);
}

export function v16(value: Bytes): Bytes {
  return concat(u16(value.length), value);
}

export function v24(value: Bytes): Bytes {
  return concat(u24(value.length), value);
}

export function v32(value: Bytes): Bytes {
  return concat(u32(value.length), value);
}

function unsigned(value: number, width: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** width) {
    throw new BcError('ERR_FORMAT', `a number does not fit into ${width} bytes`);
  }
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let i = width - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
