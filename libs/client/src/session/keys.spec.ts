import { describe, expect, it } from '@jest/globals';
import { createInviteCode, decodeInviteCode, deriveInvite, signResume } from '@bytechat/crypto';
import { PooledKeySource } from '@bytechat/testing';
import { Keys } from './keys.ts';

async function newKeys(): Promise<Keys> {
  const linkSecret = await decodeInviteCode(await createInviteCode());
  const invite = await deriveInvite(linkSecret, undefined, { kdf: 0, iter: 0 });
  return new Keys(invite, 2, new PooledKeySource());
}

const challenge = new Uint8Array(32);
const rid = new Uint8Array(16);

describe('the keys of a session', () => {
  it('are others for every try to come in, and the earlier ones are erased', async () => {
    const keys = await newKeys();
    const first = await keys.renew(1);
    const second = await keys.renew(2);
    expect(second.identity.sigPub).not.toEqual(first.identity.sigPub);
    expect(second.keyPackage.kph).not.toEqual(first.keyPackage.kph);
    await expect(signResume(first.identity, challenge, rid, rid)).rejects.toMatchObject({
      code: 'ERR_KEY_GONE',
    });
    await expect(signResume(second.identity, challenge, rid, rid)).resolves.toHaveLength(64);
  });

  it('are gone after erasing, those included that were still being made', async () => {
    const keys = await newKeys();
    const { identity } = await keys.renew(1);
    keys.prepare();
    keys.erase();
    expect(keys.identity).toBeUndefined();
    expect(keys.keyPackage).toBeUndefined();
    await expect(signResume(identity, challenge, rid, rid)).rejects.toMatchObject({ code: 'ERR_KEY_GONE' });
  });
});
