import { judgeCommit } from '../apply-commit.ts';
import { type Bytes, concat } from '../bytes.ts';
import { type CommitBody, encodeCommit, encodeCommitBody } from '../commit.ts';
import { sealCommitFrame } from '../commit-frame.ts';
import { type Content, encodeContent } from '../content.ts';
import { contentToSign, encodePlaintext, envelopeStart, sealPlaintext, type Slot } from '../envelope.ts';
import type { Epoch } from '../epoch.ts';
import type { GroupState } from '../group-state.ts';
import { type Identity, renewLeaf, signAs } from '../identity.ts';
import { joinGroup } from '../join.ts';
import { keyUpdateStored, publishLeaf, retireLeaves } from '../key-updates.ts';
import { openMessage, type Opened } from '../messages.ts';
import type { PreparedCommit } from '../prepare-commit.ts';
import { advance, advanceTo, type Chain, MAX_SKIP } from '../ratchet.ts';
import { entryAt } from '../roster.ts';
import { ACK_BYTES, itemHash } from '../transcript.ts';
import { createEphemeralKey } from '../wrap.ts';
import { type Candidate, type Room, welcomeFor } from './room.ts';

/** Chains and secrets as they are now; what the code erases later stays readable here. */
export function copyEpoch(epoch: Epoch): Epoch {
  const copied = ({ next, key }: Chain): Chain => ({ next, key: key.slice() });
  const { header, handshake, authenticator, signal, init } = epoch.secrets;
  return {
    ...epoch,
    secrets: {
      header: header.slice(),
      handshake: handshake.slice(),
      authenticator: authenticator.slice(),
      signal: signal.slice(),
      init: init.slice(),
    },
    chains: new Map([...epoch.chains].map(([idx, chain]) => [idx, copied(chain)])),
  };
}

/** A member who follows the protocol outwardly and keeps everything: every secret of every epoch, from its start. */
export class Insider {
  readonly state: GroupState;
  readonly identity: Identity;
  readonly hoard: Epoch[] = [];

  private constructor(state: GroupState, identity: Identity) {
    this.state = state;
    this.identity = identity;
    this.hoard.push(copyEpoch(state.epoch));
  }

  /** Is let in by an honest member and catches up. */
  static async join(room: Room, candidate: Candidate, by = 0): Promise<Insider> {
    const prepared = await room.commit(by, { addKeyPackages: [candidate.keyPackage.bytes], removes: [] });
    return Insider.accept(room, candidate, prepared);
  }

  static async accept(room: Room, candidate: Candidate, prepared: PreparedCommit): Promise<Insider> {
    const state = await joinGroup({
      ...candidate,
      invite: room.invite,
      welcome: welcomeFor(prepared, candidate, room.seq),
      groupInfo: prepared.groupInfo ?? new Uint8Array(0),
    });
    for (let seq = state.transcript.position.seq + 1; seq <= room.seq; seq++) {
      await state.transcript.fold(seq, await itemHash(room.item(seq)));
    }
    return new Insider(state, candidate.identity);
  }

  get idx(): number {
    return this.state.selfIdx;
  }

  /** The epoch as it was when it began, with all chains at their start. */
  get epoch(): Epoch {
    return this.hoard.at(-1) ?? this.state.epoch;
  }

  async read(env: Bytes): Promise<Opened> {
    const opened = await openMessage(this.state, env);
    await this.state.transcript.fold(this.state.transcript.position.seq + 1, await itemHash(env));
    return opened;
  }

  /** Follows an honest commit, without forgetting the epoch it leaves. */
  async follow(prepared: PreparedCommit): Promise<void> {
    const wrap = prepared.wraps.find(({ idx }) => idx === this.idx);
    const { next, rotated } = await judgeCommit(this.state, prepared.frame, wrap);
    await this.state.transcript.fold(this.state.transcript.position.seq + 1, prepared.commitId);
    if (!next) return;
    this.state.epoch = next;
    if (rotated) this.state.invite = rotated.invite;
    this.hoard.push(copyEpoch(next));
    if (prepared.rekey) retireLeaves(this.state);
  }

  /** Publishes new leaf keys; a server that works has them at once. */
  async updateKeys(): Promise<{ idx: number; bytes: Bytes }> {
    const { bytes, kuSeq } = await publishLeaf(this.state, await renewLeaf(this.identity));
    keyUpdateStored(this.state, kuSeq);
    return { idx: this.idx, bytes };
  }

  /** A commit with whatever fields, properly encrypted and tagged. */
  async forgeCommit(
    fields: Partial<CommitBody>,
    { signer = this.identity, confirmTag = new Uint8Array(32), mangle = (full: Bytes) => full } = {},
  ): Promise<Bytes> {
    const { suite, gid, epoch, invite } = this.state;
    const body: CommitBody = {
      suite,
      gid,
      epoch: epoch.context.epoch,
      committer: this.idx,
      rekey: false,
      interimHash: epoch.interimHash,
      ops: [],
      ephemeralPoint: (await createEphemeralKey(suite)).point,
      ...fields,
    };
    const signed = concat(encodeCommitBody(body), confirmTag);
    const full = encodeCommit({ signed, signature: await signAs(signer, 'commit', signed) });
    const where = { suite, gid, invite, epoch: epoch.context.epoch, handshake: epoch.secrets.handshake };
    return sealCommitFrame(where, mangle(full));
  }

  /** The bytes a content has on the wire, acknowledging the insider's position. */
  encode(content: Content, sctr = 0, kuSeq = 0): Bytes {
    const { seq, transcript } = this.state.transcript.position;
    return encodeContent({
      content,
      sctr,
      kuSeq,
      seqAck: seq,
      transcriptAck: transcript.slice(0, ACK_BYTES),
    });
  }

  /** Signs content for a slot with the insider's own key, whoever the slot belongs to. */
  async sign(slot: Slot, encodedContent: Bytes): Promise<Bytes> {
    const { suite, gid } = this.state;
    const { context, contextHash, roster } = this.epoch;
    const mid = entryAt(roster, slot.idx)?.mid ?? new Uint8Array(16);
    const place = { suite, gid, epoch: context.epoch, contextHash, mid, ...slot };
    return signAs(this.identity, 'content', contentToSign(place, encodedContent));
  }

  /** Encrypts any plaintext into anybody's slot: every member holds everybody's chain. */
  async sealInto(
    slot: Slot,
    plaintext: Bytes,
    { epoch = this.epoch, ephemeral = false } = {},
  ): Promise<Bytes> {
    const { suite, gid } = this.state;
    const { messageKey } = await this.stepTo(slot, epoch);
    const clear = envelopeStart(suite, ephemeral, epoch.context.epoch);
    return sealPlaintext({ clear, gid, slot, messageKey, header: epoch.secrets.header }, plaintext);
  }

  async stepTo({ idx, counter }: Slot, epoch = this.epoch) {
    const chain = epoch.chains.get(idx);
    if (!chain) throw new Error('nobody has that slot');
    let reached: Chain = { next: chain.next, key: chain.key.slice() };
    while (counter - reached.next > MAX_SKIP) reached = (await advance(reached)).chain;
    return advanceTo(reached, counter);
  }

  /** Properly signed content in the insider's own slot, without the checks an honest sender makes. */
  async sealOwn(content: Content, counter: number, padded?: (plaintext: Bytes) => Bytes): Promise<Bytes> {
    const slot = { idx: this.idx, counter };
    const encoded = this.encode(content);
    const plaintext = encodePlaintext(encoded, await this.sign(slot, encoded));
    return this.sealInto(slot, padded ? padded(plaintext) : plaintext);
  }
}
