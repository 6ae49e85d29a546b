import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Bytes } from './bytes.ts';
import { openPlaintext, parseEnvelope } from './envelope.ts';
import { ForkError } from './messages.ts';
import { proposeCommit } from './prepare-commit.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { refusalOf } from './test-support/refusal.ts';
import { type Member, Room, text, wordsOf, wrapFor } from './test-support/room.ts';
import { itemHash, RING_SIZE, Transcript } from './transcript.ts';
import { randomBytes } from './webcrypto.ts';

const keys = keyPool();

let room: Room;
let alice: Member;
let bob: Member;
let carol: Member;

beforeEach(async () => {
  room = await Room.with(3, keys);
  [alice, bob, carol] = [room.member(0), room.member(1), room.member(2)];
});

/** What a hostile server shows one member as the next item. */
function show({ group }: Member, env: Bytes) {
  return group.open(group.position.seq + 1, env);
}

function accept({ group }: Member, env: Bytes) {
  return group.acceptOwn(group.position.seq + 1, env);
}

describe('claim 6: reordering shown to one member', () => {
  it('C5: "Shall I delete it?" "yes" "Pizza?" is noticed with the next message, which stays readable', async () => {
    const question = await alice.group.seal(text('Pizza?'));
    const answer = await carol.group.seal(text('yes'));
    await accept(alice, question);
    await show(alice, answer);
    await show(carol, question);
    await accept(carol, answer);
    expect(wordsOf((await show(bob, answer)).content)).toBe('yes');
    expect(wordsOf((await show(bob, question)).content)).toBe('Pizza?');
    const next = await alice.group.seal(text('So?'));
    const alarm = await show(bob, next).catch((error: unknown) => error);
    expect(alarm).toBeInstanceOf(ForkError);
    expect(alarm).toMatchObject({ code: 'ERR_FORK', opened: { idx: 0, seqAck: room.seq + 2 } });
    expect(wordsOf((alarm as ForkError).opened.content)).toBe('So?');
    expect(await show(carol, next)).toMatchObject({ idx: 0 });
  });
});

describe('claim 7: omission', () => {
  it('C6: of an item for one member is noticed with the next message', async () => {
    const hidden = await alice.group.seal(text('the meeting is off'));
    await accept(alice, hidden);
    await show(carol, hidden);
    const next = await carol.group.seal(text('ok'));
    expect(await refusalOf(show(bob, next))).toBe('ERR_FORK');
  });

  it('C6: of an item for everybody shows as a jump in its sender’s count', async () => {
    await alice.group.seal(text('swallowed'));
    const next = await alice.group.seal(text('did you get it?'));
    expect(await show(bob, next)).toMatchObject({ sctr: 1 });
  });

  it('C6: that a server excuses with a hash leaves the transcript whole and the jump visible', async () => {
    const expired = await alice.group.seal(text('expired'));
    await accept(alice, expired);
    await bob.group.skip(bob.group.position.seq + 1, await itemHash(expired));
    const next = await alice.group.seal(text('next'));
    expect(await show(bob, next)).toMatchObject({ sctr: 1 });
  });

  it('A15: an acknowledgement ahead of what the receiver has is an alarm', async () => {
    for (let i = 0; i < 3; i++) await accept(alice, await alice.group.seal(text(`${i}`)));
    expect(await refusalOf(show(bob, await alice.group.seal(text('ahead'))))).toBe('ERR_FORK');
  });

  it('an item whose predecessor is missing changes nothing', async () => {
    const env = await alice.group.seal(text('third'));
    const { position } = bob.group;
    expect(await refusalOf(bob.group.open(position.seq + 2, env))).toBe('ERR_SEQ_GAP');
    expect(await refusalOf(bob.group.skip(position.seq, await itemHash(env)))).toBe('ERR_SEQ_GAP');
    expect(await refusalOf(bob.group.acceptOwn(position.seq + 2, env))).toBe('ERR_SEQ_GAP');
    expect(bob.group.position).toEqual(position);
    expect(await refusalOf(show(bob, env))).toBe('accepted');
  });
});

describe('claim 8: a fork', () => {
  it('C13: two commits shown to two halves separate them for good, and both can tell', async () => {
    const renew = { addKeyPackages: [], removes: [], rekey: true };
    const [one, two] = [await alice.group.prepareCommit(renew), await bob.group.prepareCommit(renew)];
    const seq = room.seq + 1;
    await alice.group.merge(one, seq);
    await carol.group.applyCommit(seq, one.frame, wrapFor(one, carol));
    await bob.group.merge(two, seq);
    expect(bob.group.epoch).toBe(alice.group.epoch);
    expect(bob.group.authenticator).not.toEqual(alice.group.authenticator);
    expect(bob.group.position.transcript).not.toEqual(alice.group.position.transcript);
    const env = await alice.group.seal(text('hello'));
    expect(await refusalOf(show(carol, env))).toBe('accepted');
    expect(await refusalOf(show(bob, env))).toMatch(/AEAD|GAP/);
    const later = await alice.group.prepareCommit(renew);
    expect(await refusalOf(bob.group.applyCommit(seq + 2, later.frame, wrapFor(later, bob)))).toBe(
      'ERR_COMMIT_AEAD',
    );
  });

  it('A12: what Alice said in one fork does not pass in the other, although its maker re-encrypts it', async () => {
    const mallory = await Insider.join(room, await room.candidate());
    const fork = async () => {
      const { keyPackage } = await room.candidate();
      return proposeCommit(mallory.state, { addKeyPackages: [keyPackage.bytes], removes: [] });
    };
    const [left, right] = [await fork(), await fork()];
    await alice.group.applyCommit(room.seq + 1, left.prepared.frame);
    await bob.group.applyCommit(room.seq + 1, right.prepared.frame);
    const slot = { idx: 0, counter: 0 };
    const env = await alice.group.seal(text('yes, on the left'));
    const { messageKey } = await mallory.stepTo(slot, left.next);
    const said = await openPlaintext(parseEnvelope(env), alice.group.gid, slot, messageKey);
    expect(await refusalOf(show(bob, await mallory.sealInto(slot, said, { epoch: right.next })))).toBe(
      'ERR_SIG',
    );
  });
});

describe('the transcript', () => {
  it('judges acknowledgements of the last 1,024 positions and lets older ones pass', async () => {
    const transcript = await Transcript.start(randomBytes(32));
    const at0 = transcript.position.transcript.slice(0, 16);
    const wrong = new Uint8Array(16);
    for (let seq = 1; seq <= RING_SIZE; seq++) await transcript.fold(seq, randomBytes(32));
    expect(transcript.agrees(0, wrong)).toBe(true);
    expect(transcript.agrees(0, at0)).toBe(true);
    expect(transcript.agrees(1, wrong)).toBe(false);
    expect(transcript.agrees(RING_SIZE, transcript.position.transcript.slice(0, 16))).toBe(true);
    expect(transcript.agrees(RING_SIZE + 1, wrong)).toBe(false);
  });

  it('folds an item in even when it can not be read, for it was sequenced', async () => {
    const before = bob.group.position;
    expect(await refusalOf(bob.group.open(before.seq + 1, randomBytes(298)))).toBe('ERR_FORMAT');
    expect(bob.group.position.seq).toBe(before.seq + 1);
    expect(bob.group.position.transcript).not.toEqual(before.transcript);
  });
});
