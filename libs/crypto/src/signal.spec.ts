import { describe, expect, it } from '@jest/globals';
import { type Bytes, concat } from './bytes.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { Room } from './test-support/room.ts';
import { tag } from './labels.ts';
import { aesGcmSeal, randomBytes } from './webcrypto.ts';
import { u16, u32, u8 } from './writer.ts';

const keys = keyPool();

describe('a signal', () => {
  it('tells the others who types, in 96 bytes, and no one knows from outside', async () => {
    const room = await Room.with(3, keys);
    const [anna, ben, carl] = [room.member(0), room.member(1), room.member(2)];
    const [one, other] = [await anna.group.sealSignal('typing'), await anna.group.sealSignal('typing')];
    expect([one.length, other.length]).toEqual([96, 96]);
    expect(one).not.toEqual(other);
    for (const { group } of [ben, carl])
      expect(await group.openSignal(one)).toEqual({ idx: 0, mid: anna.group.self.mid, kind: 'typing' });
  });

  it('changes nothing of the conversation: neither positions nor keys of messages', async () => {
    const room = await Room.with(2, keys);
    const [anna, ben] = [room.member(0), room.member(1)];
    const before = ben.group.position;
    await ben.group.openSignal(await anna.group.sealSignal('typing'));
    expect(ben.group.position).toEqual(before);
    expect(await room.say(0, 'hello')).toEqual(['hello']);
  });

  it('is refused when it was changed, shortened, comes again, or is of another epoch', async () => {
    const room = await Room.with(2, keys);
    const [anna, ben] = [room.member(0), room.member(1)];
    const signal = await anna.group.sealSignal('typing');
    for (const at of [0, 12, 50, 95]) {
      const changed = signal.slice();
      changed[at]! ^= 1;
      expect(await refusalOf(ben.group.openSignal(changed))).toBe('ERR_AEAD');
    }
    expect(await refusalOf(ben.group.openSignal(signal.slice(1)))).toBe('ERR_FORMAT');
    await ben.group.openSignal(signal);
    expect(await refusalOf(ben.group.openSignal(signal))).toBe('ERR_REPLAY');
    const late = await anna.group.sealSignal('typing');
    await room.admit(0, [await room.candidate()]);
    expect(await refusalOf(ben.group.openSignal(late))).toBe('ERR_AEAD');
  });

  it('can’t be made in another member’s name', async () => {
    const room = await Room.with(1, keys);
    const mallory = await Insider.join(room, await room.candidate());
    const { group } = room.member(0);
    const sealed = async (plaintext: Bytes): Promise<Bytes> => {
      const { suite, gid, epoch } = mallory.state;
      const aad = concat(tag('signal'), u8(1), u16(suite), gid, u32(epoch.context.epoch));
      const iv = randomBytes(12);
      return concat(iv, await aesGcmSeal(epoch.secrets.signal, iv, aad, plaintext));
    };
    const [noSignature, typing] = [new Uint8Array(64), Uint8Array.of(1, 0)];
    expect(await refusalOf(group.openSignal(await sealed(concat(typing, u16(0), noSignature))))).toBe(
      'ERR_SIG',
    );
    expect(await refusalOf(group.openSignal(await sealed(concat(typing, u16(9), noSignature))))).toBe(
      'ERR_SIG',
    );
    const unknown = concat(Uint8Array.of(7, 0), u16(mallory.idx), noSignature);
    expect(await refusalOf(group.openSignal(await sealed(unknown)))).toBe('ERR_FORMAT');
  });
});
