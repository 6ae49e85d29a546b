import { type Bytes, concat, utf8 } from './bytes.ts';
import { u16, u8, v16 } from './writer.ts';

/** `TAG(l)` of PROTOCOL §6.1: prefixes every hash, MAC, signature and associated data; its zero byte makes it prefix-free. */
export function tag(label: string): Bytes {
  return concat(utf8(`BC1 ${label}`), u8(0));
}

/** `info(label, ctx, L)` of PROTOCOL §6.1, the third input of HKDF. */
export function hkdfInfo(label: string, context: Bytes, length: number): Bytes {
  const name = utf8(`BC1 ${label}`);
  return concat(u16(length), u8(name.length), name, v16(context));
}
