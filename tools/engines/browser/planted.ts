import type { Bytes } from '@bytechat/crypto';
import { keyPool } from '@bytechat/crypto/test-support/key-pool';
import { admitReceiver, type Receiver } from '@bytechat/crypto/test-support/receiver';
import { Room, text, type Member } from '@bytechat/crypto/test-support/room';
import { masked } from '../masked.ts';

/** Secrets by their names, each masked so that it isn't in memory as it is. */
export type Masked = Record<string, string>;

/** What one process does step by step while another one looks through its memory. */
export const STEPS = ['join', 'keep', 'read', 'rekey', 'leave'] as const;
export type Step = (typeof STEPS)[number];

let room: Room;
let sender: Member;
let receiver: Receiver;
let kept: Bytes | undefined;

/** Does the next step and names the secrets of the receiver at that moment. */
export async function step(name: Step): Promise<Masked> {
  switch (name) {
    case 'join':
      return join();
    case 'keep':
      return keep();
    case 'read':
      return read();
    case 'rekey':
      return rekey();
    case 'leave':
      receiver.erase();
      sender.group.erase();
      return {};
  }
}

/** A room of two; the one who came in holds all secrets of the epoch. */
async function join(): Promise<Masked> {
  room = await Room.with(1, keyPool(1));
  sender = room.member(0);
  receiver = await admitReceiver(room);
  return present();
}

/** A message key that somebody forgot to overwrite: what the search must find. */
async function keep(): Promise<Masked> {
  kept = await receiver.nextMessageKey();
  return { messageKey: masked(kept) };
}

/** The message is read and all keys of it are gone, the forgotten one too. */
async function read(): Promise<Masked> {
  kept?.fill(0);
  kept = undefined;
  const env = await sender.group.seal(text('for your eyes only'));
  const seq = room.items.push(env);
  await sender.group.acceptOwn(seq, env);
  await receiver.read(env);
  return present();
}

async function rekey(): Promise<Masked> {
  const prepared = await sender.group.prepareCommit({ addKeyPackages: [], removes: [], rekey: true });
  const seq = room.items.push(prepared.frame);
  await sender.group.merge(prepared, seq);
  await receiver.follow(prepared);
  return present();
}

function present(): Masked {
  const { secrets } = receiver;
  return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, masked(secret)]));
}
