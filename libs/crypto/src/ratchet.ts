import { type Bytes, concat } from './bytes.ts';
import { dk, dkForEach } from './derive.ts';
import { erase } from './erase.ts';
import { BcError } from './errors.ts';
import type { Roster } from './roster.ts';
import { u16, u32 } from './writer.ts';

/** Most messages of one sender that may be passed over at once. */
export const MAX_SKIP = 512;

/** A sender's chain: the key of the next message, and its number. */
export interface Chain {
  next: number;
  key: Bytes;
}

export interface Step {
  messageKey: Bytes;
  chain: Chain;
}

/** The chains of all members of an epoch, by idx (PROTOCOL §6.7). */
export async function startChains(enc: Bytes, roster: Roster): Promise<Map<number, Chain>> {
  const contexts = roster.map(({ idx, mid }) => concat(u16(idx), mid));
  const keys = await dkForEach(enc, 'sender', contexts);
  return new Map(
    roster.flatMap(({ idx }, i) => {
      const key = keys[i];
      return key ? [[idx, { next: 0, key }]] : [];
    }),
  );
}

/** One message key and the chain after it. The given chain stays as it was. */
export async function advance(chain: Chain): Promise<Step> {
  const material = await dk(chain.key, 'step', u32(chain.next), 64);
  const step = {
    messageKey: material.slice(0, 32),
    chain: { next: chain.next + 1, key: material.slice(32) },
  };
  erase(material);
  return step;
}

/**
 * The key of message `counter`, on a copy: the given chain stays as it was, all keys between are erased.
 * @throws BcError ERR_REPLAY when that message was read before, ERR_GAP when more than 512 were passed over
 */
export async function advanceTo(chain: Chain, counter: number): Promise<Step> {
  if (counter < chain.next) throw new BcError('ERR_REPLAY', 'this message number was used before');
  if (counter - chain.next > MAX_SKIP)
    throw new BcError('ERR_GAP', 'too many messages of one sender missing');
  let step = await advance(chain);
  while (step.chain.next <= counter) {
    const passed = step;
    step = await advance(passed.chain);
    erase(passed.messageKey, passed.chain.key);
  }
  return step;
}
