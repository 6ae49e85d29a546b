import { type Bytes, concat } from './bytes.ts';
import { erase } from './erase.ts';
import { tag } from './labels.ts';
import { ecdsaVerify, importVerifyKey } from './webcrypto.ts';

/** Imported keys, by the roster's own buffer: importing costs about as much as verifying. */
const imported = new WeakMap<Bytes, CryptoKey>();

/** Whether `signature` is by the holder of `sigPub` over `TAG(label) ‖ data`. */
export async function isSignedBy(
  sigPub: Bytes,
  label: string,
  data: Bytes,
  signature: Bytes,
): Promise<boolean> {
  const key = imported.get(sigPub) ?? (await importVerifyKey(sigPub));
  if (!key) return false;
  imported.set(sigPub, key);
  const input = concat(tag(label), data);
  const valid = await ecdsaVerify(key, signature, input);
  erase(input);
  return valid;
}
