import { type Bytes, concat } from '../bytes.ts';
import { type Identity, signAs } from '../identity.ts';
import type { Invite } from '../invite.ts';
import { parseKeyPackageCore, splitKeyPackage } from '../key-package.ts';
import { tag } from '../labels.ts';
import { hmacSha256 } from '../webcrypto.ts';
import { u16, u64, u8, v16 } from '../writer.ts';

export interface Forgery {
  version?: number;
  suite?: number;
  rid?: Bytes;
  reserved?: number;
  sigPub?: Bytes;
  rsaSpki?: Bytes;
  dhPub?: Bytes;
  /** Appended to the signature. */
  extraSignature?: Bytes;
}

/** A key package with fields of one's choice, properly signed and with a proper MAC: what a link holder can make. */
export async function forgeKeyPackage(
  genuine: Bytes,
  signer: Identity,
  invite: Invite,
  forgery: Forgery,
): Promise<Bytes> {
  const core = { ...parseKeyPackageCore(splitKeyPackage(genuine).core), version: 1, ...forgery };
  const unsigned = concat(
    concat(u8(core.version), u16(core.suite), core.rid, u16(core.reserved), u64(core.createdMs)),
    concat(core.nonce, v16(core.sigPub), v16(core.rsaSpki), v16(core.dhPub)),
  );
  const signature = concat(await signAs(signer, 'KP', unsigned), forgery.extraSignature ?? new Uint8Array(0));
  const all = concat(unsigned, v16(signature));
  return concat(all, await hmacSha256(invite.joinKey, concat(tag('KPMAC'), all)));
}
