import { judgeCommit } from '../apply-commit.ts';
import type { Bytes } from '../bytes.ts';
import { eraseEpoch } from '../epoch.ts';
import { erase } from '../erase.ts';
import { eraseState, type GroupState } from '../group-state.ts';
import { joinGroup } from '../join.ts';
import { openMessage } from '../messages.ts';
import type { PreparedCommit } from '../prepare-commit.ts';
import { advance } from '../ratchet.ts';
import { itemHash } from '../transcript.ts';
import { type Room, welcomeFor } from './room.ts';

const FOUNDER = 0;

/** A member whose state can be looked at, without a copy of any secret. */
export class Receiver {
  readonly state: GroupState;

  constructor(state: GroupState) {
    this.state = state;
  }

  /** Every secret of the present epoch, as the state holds it. */
  get secrets(): Record<string, Bytes> {
    const { chains, secrets } = this.state.epoch;
    const { header, handshake, init, authenticator } = secrets;
    const chainKey = chains.get(FOUNDER)?.key ?? new Uint8Array(0);
    return { chainKey, header, handshake, init, authenticator };
  }

  /** The key of the founder's next message; the chain stays where it is. */
  async nextMessageKey(): Promise<Bytes> {
    const chain = this.state.epoch.chains.get(FOUNDER);
    if (!chain) throw new Error('The founder is gone.');
    const { messageKey, chain: following } = await advance(chain);
    erase(following.key);
    return messageKey;
  }

  async read(env: Bytes): Promise<void> {
    await openMessage(this.state, env);
    await this.state.transcript.fold(this.state.transcript.position.seq + 1, await itemHash(env));
  }

  /** As `Group` does it: the old epoch ends when the new one begins. */
  async follow({ frame, wraps, commitId }: PreparedCommit): Promise<void> {
    const wrap = wraps.find(({ idx }) => idx === this.state.selfIdx);
    const { next } = await judgeCommit(this.state, frame, wrap);
    if (!next) throw new Error('The commit removes this member.');
    await this.state.transcript.fold(this.state.transcript.position.seq + 1, commitId);
    eraseEpoch(this.state.epoch);
    this.state.epoch = next;
  }

  erase(): void {
    eraseState(this.state);
  }
}

/** Lets somebody in who is looked at. */
export async function admitReceiver(room: Room): Promise<Receiver> {
  const candidate = await room.candidate();
  const prepared = await room.commit(FOUNDER, { addKeyPackages: [candidate.keyPackage.bytes], removes: [] });
  const state = await joinGroup({
    ...candidate,
    invite: room.invite,
    welcome: welcomeFor(prepared, candidate, room.seq),
    groupInfo: prepared.groupInfo ?? new Uint8Array(0),
  });
  for (let seq = state.transcript.position.seq + 1; seq <= room.seq; seq++) {
    await state.transcript.fold(seq, await itemHash(room.item(seq)));
  }
  return new Receiver(state);
}
