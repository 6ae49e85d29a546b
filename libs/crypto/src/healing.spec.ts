import { beforeEach, describe, expect, it } from '@jest/globals';
import { judgeCommit } from './apply-commit.ts';
import { toHex } from './bytes.ts';
import { applyOps } from './commit-rules.ts';
import { enterEpoch, nextContext, outlineEpoch } from './epoch.ts';
import { type GroupState, ruleContext } from './group-state.ts';
import { identityOf, keysOf } from './identity.ts';
import { copyInvite } from './invite.ts';
import { joinerSecret } from './key-schedule.ts';
import { openMessage } from './messages.ts';
import { type PreparedCommit, proposeCommit } from './prepare-commit.ts';
import { copyEpoch, Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { commitOf } from './test-support/opened-commit.ts';
import { refusalOf } from './test-support/refusal.ts';
import { Room, text, wrapFor } from './test-support/room.ts';
import { Transcript } from './transcript.ts';

const keys = keyPool(6);
const none = { addKeyPackages: [], removes: [] };
const rekey = { ...none, rekey: true };

describe.each([1, 2] as const)('claim 15: C11: whoever copied a full state, in suite %i', (suite) => {
  let room: Room;
  let victim: Insider;
  let thief: GroupState;

  /** Alice and Bob, and a victim whose memory was copied, private keys included; from then on the thief only listens. */
  beforeEach(async () => {
    room = await Room.with(2, keys, suite);
    victim = await Insider.join(room, await room.candidate());
    const { state, identity } = victim;
    thief = {
      ...state,
      identity: identityOf(suite, identity.sigPub, keysOf(identity)),
      invite: copyInvite(state.invite),
      epoch: copyEpoch(state.epoch),
      transcript: new Transcript(state.transcript.position),
    };
  });

  /** The thief follows as the victim would, with every wrap of the commit. */
  async function steals(prepared: PreparedCommit): Promise<boolean> {
    for (const wrap of prepared.rekey ? prepared.wraps : [undefined]) {
      const outcome = await judgeCommit(thief, prepared.frame, wrap).catch(() => undefined);
      if (!outcome?.next) continue;
      thief.epoch = outcome.next;
      return true;
    }
    return false;
  }

  const reads = async (words: string) => {
    const env = await room.member(0).group.seal(text(words));
    const outcome = await refusalOf(openMessage(thief, env));
    await room.deliver(room.member(0), env);
    // The thief keeps no transcript, so what it reads looks forked to it.
    return outcome === 'accepted' || outcome === 'ERR_FORK';
  };

  it('reads on while the victim is only a listener: through additions and through the rekeys of others', async () => {
    expect(await steals(await room.admit(0, [await room.candidate()]))).toBe(true);
    expect(await reads('after an addition')).toBe(true);
    expect(await steals(await room.commit(1, rekey))).toBe(true);
    expect(await reads('after the rekey of another')).toBe(true);
  });

  it('is locked out by the first rekey that wraps to a key update of the victim, and for good', async () => {
    const sent = await victim.updateKeys();
    const healing = await room.commit(0, { ...rekey, keyUpdates: [sent] });
    await victim.follow(healing);
    expect(await steals(healing)).toBe(false);
    expect(await reads('healed')).toBe(false);
    const later = await room.commit(1, { ...rekey, keyUpdates: [sent] });
    expect(await steals(later)).toBe(false);
    expect(await reads('and stays so')).toBe(false);
  });

  it('is locked out at once by a rekey of the victim itself, even without new leaf keys', async () => {
    const { prepared, next } = await proposeCommit(victim.state, rekey);
    const seq = room.items.push(prepared.frame);
    for (const member of room.members) {
      await member.group.applyCommit(seq, prepared.frame, wrapFor(prepared, member));
    }
    victim.state.epoch = next;
    expect(await steals(prepared)).toBe(false);
    expect(await reads('healed')).toBe(false);
    expect(await steals(await room.commit(0, rekey))).toBe(false);
    expect(await reads('although that was wrapped to the stolen keys')).toBe(false);
  });

  it('can not derive the healed epoch by hand either', async () => {
    const sent = await victim.updateKeys();
    const healing = await room.commit(0, { ...rekey, keyUpdates: [sent] });
    const { body, bodyBytes, confirmTag } = await commitOf(victim, healing.frame);
    const change = await applyOps(thief.epoch, body.ops, ruleContext(thief, body.committer, true));
    const context = await nextContext(thief.epoch, bodyBytes, change);
    const outline = await outlineEpoch(context, change.roster, change.directory);
    const { init, header, handshake, authenticator } = thief.epoch.secrets;
    const { psk, controlKey, joinKey } = thief.invite;
    const held = [init, header, handshake, authenticator, psk, controlKey, joinKey, new Uint8Array(32)];
    for (const salt of held) {
      for (const secret of held) {
        const joiner = await joinerSecret(salt, secret, outline.contextHash);
        expect(await refusalOf(enterEpoch(outline, joiner, psk, confirmTag))).toBe('ERR_CONFIRM');
      }
    }
    await victim.follow(healing);
    expect(toHex(victim.epoch.secrets.authenticator)).toBe(toHex(room.member(0).group.authenticator));
  });
});
