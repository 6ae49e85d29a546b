import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Bytes, concat, toHex } from './bytes.ts';
import { encodeCommitBody } from './commit.ts';
import { decodeText } from './content.ts';
import { dk, mix } from './derive.ts';
import { directoryEntry } from './directory.ts';
import { headerMask } from './envelope.ts';
import type { GroupState } from './group-state.ts';
import { deriveInvite, deriveRid, type Invite } from './invite.ts';
import { decodeInviteCode, encodeInviteCode } from './invite-code.ts';
import { acceptWelcome } from './join.ts';
import { checkKeyPackage, splitKeyPackage } from './key-package.ts';
import {
  confirmedHash,
  deriveEpochSecrets,
  epochSecret,
  initialHandshakeHash,
  welcomeKey,
} from './key-schedule.ts';
import { hkdfInfo } from './labels.ts';
import { openMessage } from './messages.ts';
import { advance, startChains } from './ratchet.ts';
import type { Suite } from './suites.ts';
import { fromHex } from './test-support/hex.ts';
import { importIdentity } from './test-support/imported-identity.ts';
import type { Vectors } from './test-support/vectors.ts';
import { itemHash, Transcript } from './transcript.ts';
import { u32 } from './writer.ts';

const vectors = JSON.parse(readFileSync(new URL('../vectors/bc1.json', import.meta.url), 'utf8')) as Vectors;

function mapHex(named: Record<string, Bytes>): Record<string, string> {
  return Object.fromEntries(Object.entries(named).map(([name, bytes]) => [name, toHex(bytes)]));
}

function hexOf(invite: Invite) {
  const { rid, gate, joinKey, controlKey, psk } = invite;
  return {
    rid: toHex(rid),
    gate: toHex(gate),
    join: toHex(joinKey),
    ctl: toHex(controlKey),
    psk: toHex(psk),
  };
}

describe('the given vectors', () => {
  it('give the invite without a password', async () => {
    const { ls, code, no_password } = vectors.invite;
    const { root, ...expected } = no_password;
    expect(await encodeInviteCode(fromHex(ls))).toBe(code);
    expect(toHex(await decodeInviteCode(code))).toBe(ls);
    expect(toHex(await deriveRid(fromHex(ls)))).toBe(expected.rid);
    expect(hexOf(await deriveInvite(fromHex(ls), undefined, { kdf: 0, iter: 0 }))).toEqual(expected);
    expect(toHex(await mix(new Uint8Array(32), fromHex(ls), 'root', fromHex(expected.rid)))).toBe(root);
  });

  it('give the invite with a password', async () => {
    const { ls, password } = vectors.invite;
    const { rid, gate, join, ctl, psk, kdf, iterations } = password;
    const invite = await deriveInvite(fromHex(ls), password.password, { kdf, iter: iterations });
    expect(hexOf(invite)).toEqual({ rid, gate, join, ctl, psk });
  });

  it('give DK and MIX', async () => {
    const { secret, label, ctx, info, out, out64_step_ctr5 } = vectors.dk;
    expect(toHex(hkdfInfo(label, fromHex(ctx), 32))).toBe(info);
    expect(toHex(await dk(fromHex(secret), label))).toBe(out);
    expect(toHex(await dk(fromHex(secret), 'step', u32(5), 64))).toBe(out64_step_ctr5);
    const { mix: given } = vectors;
    const mixed = await mix(fromHex(given.salt), fromHex(given.ikm), given.label, fromHex(given.ctx));
    expect(toHex(mixed)).toBe(given.out);
  });

  // `init` is what the epoch hands on; the one it came from isn't given, so the joiner secret is where it starts.
  it.each(['schedule_rekey', 'schedule_add'] as const)('give the key schedule: %s', async (name) => {
    const given = vectors[name];
    const contextHash = fromHex(given.gc_hash);
    const psk = fromHex(given.psk);
    const joiner = fromHex(given.joiner);
    expect(toHex(await welcomeKey(joiner))).toBe(given.welcome_key);
    expect(toHex(await epochSecret(joiner, psk, contextHash))).toBe(given.epoch);
    const secrets = await deriveEpochSecrets(joiner, psk, contextHash);
    const { enc, header, handshake, confirm, authenticator, init } = given;
    expect(mapHex({ ...secrets })).toMatchObject({ enc, header, handshake, confirm, authenticator, init });
  });

  it('give the steps of a sender chain', async () => {
    const { ck0, steps } = vectors.ratchet;
    let chain = { next: 0, key: fromHex(ck0) };
    for (const { ctr, mk, ck_next } of steps) {
      expect(chain.next).toBe(ctr);
      const step = await advance(chain);
      expect([toHex(step.messageKey), toHex(step.chain.key)]).toEqual([mk, ck_next]);
      chain = step.chain;
    }
  });

  it('give the header mask', async () => {
    const { hp, iv, ct_last16, mask } = vectors.header_mask;
    expect(toHex(await headerMask(fromHex(hp), fromHex(iv), fromHex(ct_last16)))).toBe(mask);
  });

  it('give the transcript', async () => {
    const { gid, T0, items } = vectors.transcript;
    const transcript = await Transcript.start(fromHex(gid));
    expect(toHex(transcript.position.transcript)).toBe(T0);
    for (const { seq, bytes, T } of items) {
      await transcript.fold(seq, await itemHash(fromHex(bytes)));
      expect(transcript.position).toEqual({ seq, transcript: fromHex(T) });
    }
  });
});

describe.each([
  [1, 'room_suite1'],
  [2, 'room_suite2'],
] as const)('the given room in suite %i', (suite, name) => {
  const room = vectors[name];

  it('admits its newcomer, who then stands where the vectors say', async () => {
    const state = await joinGiven(suite, name);
    expect(toHex(state.epoch.secrets.authenticator)).toBe(room.expect.authenticator);
    expect(toHex(state.epoch.contextHash)).toBe(room.expect.gc_hash);
    await state.transcript.fold(1, await itemHash(fromHex(room.commit_common)));
    expect(toHex(state.transcript.position.transcript)).toBe(room.expect.T1);
  });

  it('has a message that the newcomer reads', async () => {
    const state = await joinGiven(suite, name);
    await state.transcript.fold(1, await itemHash(fromHex(room.commit_common)));
    const opened = await openMessage(state, fromHex(room.envelope));
    const { idx, ctr, ctype, sent, ttl, sctr, seq_ack, body_utf8 } = room.plaintext;
    expect(opened).toMatchObject({ idx, ctr, epoch: 1, sctr, seqAck: seq_ack });
    expect(opened.content).toMatchObject({ type: ctype, sentMs: sent, ttlSeconds: ttl });
    expect(decodeText(opened.content.body)).toBe(body_utf8);
  });

  it('has a key package that every member accepts', async () => {
    const checked = await checkKeyPackage(fromHex(room.key_package), await givenInvite(), {
      suite,
    });
    expect([toHex(checked.kph), checked.createdMs]).toEqual([room.welcome.kph, room.kp_time_ms]);
  });

  it('has a commit whose body has our layout, for its hash stands in the group context', async () => {
    const state = await joinGiven(suite, name);
    const interim = await initialHandshakeHash(state.gid);
    const body = encodeCommitBody({
      suite,
      gid: state.gid,
      epoch: 0,
      committer: 0,
      rekey: false,
      interimHash: interim,
      ops: [{ op: 'add', idx: 1, keyPackage: fromHex(room.key_package) }],
      ephemeralPoint: fromHex(room.welcome.eph),
    });
    expect(await confirmedHash(interim, body)).toEqual(state.epoch.context.commitHash);
  });

  it('starts the chains of its members from their place and id', async () => {
    const state = await joinGiven(suite, name);
    const chains = await startChains(new Uint8Array(32), state.epoch.roster);
    expect([...chains.keys()]).toEqual([0, 1]);
    const { mid } = state.epoch.roster[1] ?? { mid: new Uint8Array(0) };
    expect(chains.get(1)?.key).toEqual(
      await dk(new Uint8Array(32), 'sender', concat(Uint8Array.of(0, 1), mid)),
    );
  });
});

function givenInvite(): Promise<Invite> {
  return deriveInvite(fromHex(vectors.invite.ls), undefined, { kdf: 0, iter: 0 });
}

/** The vectors carry no key package of the founder, so the newcomer can read but not rekey: its directory is short. */
async function joinGiven(suite: Suite, name: 'room_suite1' | 'room_suite2'): Promise<GroupState> {
  const room = vectors[name];
  const kp: Bytes = fromHex(room.key_package);
  const { joiner_sig_pkcs8, joiner_rsa_pkcs8, joiner_dh_pkcs8, welcome } = room;
  const identity = await importIdentity(suite, kp, {
    signing: fromHex(joiner_sig_pkcs8),
    rsa: fromHex(joiner_rsa_pkcs8),
    dh: joiner_dh_pkcs8 === null ? undefined : fromHex(joiner_dh_pkcs8),
  });
  const { core } = splitKeyPackage(kp);
  return acceptWelcome(
    {
      identity,
      invite: await givenInvite(),
      keyPackage: { bytes: kp, kph: await itemHash(core) },
      welcome: {
        kph: fromHex(welcome.kph),
        idx: welcome.idx,
        epoch: welcome.epoch,
        commitId: fromHex(welcome.commit_id),
        wrap: fromHex(welcome.wrap),
        tag: fromHex(welcome.tag),
        seq: 1,
        frame: fromHex(room.commit_common),
      },
    },
    { gid: fromHex(welcome.gid), ephemeralPoint: fromHex(welcome.eph), groupInfo: fromHex(room.group_info) },
    async () => new Map([[1, directoryEntry(core)]]),
  );
}
