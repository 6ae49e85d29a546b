import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Directory, directoryEntry } from './directory.ts';
import { enterEpoch, outlineEpoch } from './epoch.ts';
import { Group } from './group.ts';
import { decodeGroupInfo, decodeWelcomeBundle, openGroupInfo } from './group-info.ts';
import { createIdentity } from './identity.ts';
import { deriveInvite, type Invite } from './invite.ts';
import type { JoinInput } from './join.ts';
import { createKeyPackage, splitKeyPackage } from './key-package.ts';
import type { PreparedCommit } from './prepare-commit.ts';
import type { Roster } from './roster.ts';
import { forgeKeyPackage } from './test-support/forged-key-package.ts';
import { forgeWelcome } from './test-support/forged-welcome.ts';
import { Insider } from './test-support/insider.ts';
import { keyPool } from './test-support/key-pool.ts';
import { flipped, refusalOf } from './test-support/refusal.ts';
import { type Candidate, PARAMS, Room, welcomeFor } from './test-support/room.ts';
import { itemHash } from './transcript.ts';
import { randomBytes } from './webcrypto.ts';
import { unwrapSecret } from './wrap.ts';

const keys = keyPool();

let room: Room;
let mallory: Insider;
let bob: Candidate;

beforeAll(async () => {
  room = await Room.with(2, keys);
  mallory = await Insider.join(room, await room.candidate());
  bob = await room.candidate();
});

async function honestWelcome(): Promise<{ prepared: PreparedCommit; input: JoinInput }> {
  const addKeyPackages = [bob.keyPackage.bytes];
  const prepared = await room.member(0).group.prepareCommit({ addKeyPackages, removes: [] });
  const { groupInfo = new Uint8Array(0) } = prepared;
  const welcome = welcomeFor(prepared, bob, room.seq + 1);
  return { prepared, input: { ...bob, invite: room.invite, welcome, groupInfo } };
}

function join(input: JoinInput): Promise<unknown> {
  return Group.join(input);
}

describe('claim 2: a forged room or welcome is refused', () => {
  it('while the genuine one is accepted', async () => {
    const { input } = await honestWelcome();
    expect(await refusalOf(join(input))).toBe('accepted');
  });

  it('C2: a server that founds a room of its own under the same rid can not let anybody in', async () => {
    const guess = {
      ...(await deriveInvite(randomBytes(19), undefined, { kdf: 0, iter: 0 })),
      rid: room.invite.rid,
    };
    expect(await fakeRoom(guess)).toBe('ERR_CTL_MAC');
  });

  it('C2: nor one that has the link but not the password', async () => {
    const linkSecret = randomBytes(19);
    const open = await deriveInvite(linkSecret, undefined, { kdf: 0, iter: 0 });
    const locked = await deriveInvite(linkSecret, 'horse', { kdf: 1, iter: 600_000 });
    expect(await fakeRoom(open, locked)).toBe('ERR_CTL_MAC');
  });

  it('C2: a wrap of its own beside the genuine commit fails before any RSA operation', async () => {
    const { input } = await honestWelcome();
    const wrap = randomBytes(304);
    expect(await refusalOf(join({ ...input, welcome: { ...input.welcome, wrap } }))).toBe('ERR_WRAP_MAC');
    const short = { ...input.welcome, tag: input.welcome.tag.slice(0, 8) };
    expect(await refusalOf(join({ ...input, welcome: short }))).toBe('ERR_WRAP_MAC');
  });

  it('no flipped byte of the welcome passes', async () => {
    const { input } = await honestWelcome();
    const { welcome } = input;
    for (const field of ['kph', 'commitId', 'wrap', 'tag', 'frame'] as const) {
      const attempts = Array.from(welcome[field], (_, i) =>
        refusalOf(join({ ...input, welcome: { ...welcome, [field]: flipped(welcome[field], i) } })),
      );
      expect(await Promise.all(attempts)).not.toContain('accepted');
    }
    for (const change of [{ idx: 0 }, { epoch: welcome.epoch + 1 }, { seq: 0 }]) {
      expect(await refusalOf(join({ ...input, welcome: { ...welcome, ...change } }))).not.toBe('accepted');
    }
  });

  it('A10: no flipped byte of the group info passes (all of the clear part, every fifth of the rest)', async () => {
    const { input } = await honestWelcome();
    const clearPart = 32 + 2 + 65 + 4;
    for (let i = 0; i < input.groupInfo.length; i += i < clearPart ? 1 : 5) {
      const groupInfo = flipped(input.groupInfo, i);
      expect(await refusalOf(join({ ...input, groupInfo }))).not.toBe('accepted');
    }
  });

  it('a welcome beside another genuine commit of the same epoch is of no use', async () => {
    const { input } = await honestWelcome();
    const other = await honestWelcome();
    const welcome = { ...input.welcome, frame: other.prepared.frame };
    expect(await refusalOf(join({ ...input, welcome }))).toBe('ERR_WRAP_MAC');
  });

  it('a welcome for somebody else is of no use', async () => {
    const { input } = await honestWelcome();
    const eve = await room.candidate();
    const stolen = { ...input, ...eve };
    expect(await refusalOf(join(stolen))).toBe('ERR_GI_SELF');
    const kph = eve.keyPackage.kph;
    expect(await refusalOf(join({ ...stolen, welcome: { ...input.welcome, kph } }))).toBe('ERR_UNWRAP');
    const identity = await createIdentity(2, keys);
    expect(await refusalOf(join({ ...input, identity }))).toBe('ERR_GI_SELF');
  });

  /** The server's own room, served to Bob who holds `his` invite. */
  async function fakeRoom(servers: Invite, his: Invite = room.invite) {
    const server = await Group.found({
      ...(await candidateOf(servers)),
      invite: servers,
      rid0: servers.rid,
      params: PARAMS,
    });
    const victim = await candidateOf(servers);
    const prepared = await server.prepareCommit({ addKeyPackages: [victim.keyPackage.bytes], removes: [] });
    const { groupInfo = new Uint8Array(0) } = prepared;
    return refusalOf(join({ ...victim, invite: his, welcome: welcomeFor(prepared, victim, 1), groupInfo }));
  }

  async function candidateOf(invite: Invite): Promise<Candidate> {
    const identity = await createIdentity(2, keys);
    return {
      identity,
      keyPackage: await createKeyPackage(identity, invite, { createdMs: 1 }),
    };
  }
});

describe('claim 3: without link and password there is no epoch', () => {
  it("A2: with the newcomer's private keys one gets the joiner secret, but not the epoch", async () => {
    const { input } = await honestWelcome();
    const { gid, ephemeralPoint, groupInfo } = decodeWelcomeBundle(input.groupInfo);
    const context = {
      kind: 'welcome',
      gid,
      newEpoch: input.welcome.epoch,
      from: bob.keyPackage.kph,
    } as const;
    const joiner = await unwrapSecret(bob.identity, context, ephemeralPoint, input.welcome.wrap);
    const { info } = await decodeGroupInfo(await openGroupInfo(joiner, groupInfo));
    const outline = await outlineEpoch(info.context, info.roster, new Map());
    const { rid, psk } = room.invite;
    for (const guess of [new Uint8Array(32), rid, joiner, randomBytes(32)]) {
      expect(await refusalOf(enterEpoch(outline, joiner, guess, info.confirmTag))).toBe('ERR_CONFIRM');
    }
    expect(await refusalOf(enterEpoch(outline, joiner, psk, info.confirmTag))).toBe('accepted');
  });
});

describe('claim 2: A10: an insider who makes a whole welcome by hand', () => {
  it('can show a puppet group that is consistent in itself: only safety words reveal that', async () => {
    expect(await refusalOf(join(await forgeWelcome(mallory, bob)))).toBe('accepted');
  });

  it('can not list other members, or another owner, than the context says', async () => {
    const fewer = await forgeWelcome(mallory, bob, {
      info: (info) => ({ ...info, roster: info.roster.filter(({ idx }) => idx !== 1) }),
    });
    expect(await refusalOf(join(fewer))).toBe('ERR_ROSTER');
    const usurped = await forgeWelcome(mallory, bob, {
      info: (info) => ({
        ...info,
        roster: info.roster.map((entry) => ({
          ...entry,
          role: entry.idx === mallory.idx ? ('owner' as const) : ('member' as const),
        })),
      }),
    });
    expect(await refusalOf(join(usurped))).toBe('ERR_ROSTER');
  });

  it.each([
    ['two owners', 'owner'],
    ['no owner', 'member'],
  ] as const)('can not list %s', async (_, role) => {
    const input = await forgeWelcome(mallory, bob, {
      roster: (roster) => roster.map((entry) => (entry.idx < 2 ? { ...entry, role } : entry)),
    });
    expect(await refusalOf(join(input))).toBe('ERR_ROSTER');
  });

  it('can not list one key twice, nor out of order', async () => {
    const { identity, keyPackage } = await room.candidate();
    const again = await createKeyPackage(identity, room.invite, { createdMs: 2 });
    const phantoms = [keyPackage, again].map(({ bytes, kph }, i) => ({
      entry: {
        idx: 8 + i,
        mid: randomBytes(16),
        role: 'member' as const,
        joinedEpoch: 1,
        sigPub: identity.sigPub,
        kph,
      },
      keys: directoryEntry(splitKeyPackage(bytes).core),
    }));
    const withPhantoms = (count: number) => ({
      roster: (roster: Roster) => [...roster, ...phantoms.slice(0, count).map(({ entry }) => entry)],
      directory: (directory: Directory) =>
        new Map([...directory, ...phantoms.map(({ entry, keys }) => [entry.idx, keys] as const)]),
    });
    expect(await refusalOf(join(await forgeWelcome(mallory, bob, withPhantoms(1))))).toBe('accepted');
    expect(await refusalOf(join(await forgeWelcome(mallory, bob, withPhantoms(2))))).toBe('ERR_ROSTER');
    const shuffled = await forgeWelcome(mallory, bob, { roster: (roster) => [...roster].reverse() });
    expect(await refusalOf(join(shuffled))).toBe('ERR_ROSTER');
  });

  it('can not sign for another committer, nor name the newcomer or nobody', async () => {
    for (const committer of [0, 3, 99]) {
      const input = await forgeWelcome(mallory, bob, { info: (info) => ({ ...info, committer }) });
      expect(await refusalOf(join(input))).toBe('ERR_GI_SIG');
    }
  });

  it('can not hide, promote or predate the newcomer, or give him another key', async () => {
    const changes = [{ sigPub: mallory.identity.sigPub }, { kph: randomBytes(32) }, { joinedEpoch: 0 }];
    for (const change of changes) {
      const input = await forgeWelcome(mallory, bob, {
        roster: (roster) =>
          roster
            .filter(({ idx }) => idx !== mallory.idx || !('sigPub' in change))
            .map((entry) => (entry.idx === 3 ? { ...entry, ...change } : entry)),
        info: (info) => ({ ...info, committer: 'sigPub' in change ? 3 : info.committer }),
      });
      expect(['ERR_GI_SELF', 'ERR_GI_SIG']).toContain(await refusalOf(join(input)));
    }
    const promoted = await forgeWelcome(mallory, bob, {
      roster: (roster) =>
        roster.map((entry) => ({ ...entry, role: entry.idx === 3 ? 'owner' : 'member' }) as const),
    });
    expect(await refusalOf(join(promoted))).toBe('ERR_GI_SELF');
  });

  it('can not give another confirmation, group, epoch or suite', async () => {
    const wrongTag = await forgeWelcome(mallory, bob, {
      info: (info) => ({ ...info, confirmTag: randomBytes(32) }),
    });
    expect(await refusalOf(join(wrongTag))).toBe('ERR_CONFIRM');
    const otherGroup = await forgeWelcome(mallory, bob, { context: { gid: randomBytes(32) } });
    expect(await refusalOf(join(otherGroup))).toBe('ERR_GI');
    const otherSuite = await forgeWelcome(mallory, bob, { context: { suite: 1 } });
    expect(await refusalOf(join(otherSuite))).toBe('ERR_SUITE');
    const laterEpoch = await forgeWelcome(mallory, bob, {
      info: (info) => ({ ...info, context: { ...info.context, epoch: info.context.epoch + 1 } }),
    });
    expect(await refusalOf(join(laterEpoch))).toBe('ERR_GI');
  });

  it('can not pass off a commit of another epoch as the one that lets the newcomer in', async () => {
    const epoch = mallory.epoch.context.epoch + 2;
    expect(await refusalOf(join(await forgeWelcome(mallory, bob, { context: { epoch } })))).toBe('ERR_EPOCH');
  });

  it('claim 25: can not turn on history', async () => {
    const base = mallory.state.transcript.position;
    const history = { keys: [], base, contexts: [], departed: [] };
    const turnedOn = (block?: typeof history) =>
      forgeWelcome(mallory, bob, {
        info: (info) => ({
          ...info,
          context: { ...info.context, params: { ...PARAMS, history: 1 } },
          history: block,
        }),
      });
    expect(await refusalOf(join(await turnedOn()))).toBe('ERR_FORMAT');
    expect(await refusalOf(join(await turnedOn(history)))).toBe('ERR_CONFIRM');
    const afterwards = await forgeWelcome(mallory, bob, {
      info: (info) => ({ ...info, context: { ...info.context, params: { ...PARAMS, ttlSeconds: 61 } } }),
    });
    expect(await refusalOf(join(afterwards))).toBe('ERR_CONFIRM');
  });

  it('can not anchor the transcript after the commit', async () => {
    const input = await forgeWelcome(mallory, bob, {
      info: (info) => ({ ...info, anchor: { ...info.anchor, seq: room.seq + 1 } }),
    });
    expect(await refusalOf(join(input))).toBe('ERR_GI');
  });

  it('can not slip in a key that the newcomer would wrap to later', async () => {
    const evil = directoryEntry(splitKeyPackage((await room.candidate()).keyPackage.bytes).core);
    const swapped = await forgeWelcome(mallory, bob, {
      directory: (directory) => new Map(directory).set(1, evil),
    });
    expect(await refusalOf(join(swapped))).toBe('ERR_ROSTER');
    const missing = await forgeWelcome(mallory, bob, {
      directory: (directory) => new Map([...directory].filter(([idx]) => idx !== 1)),
    });
    expect(await refusalOf(join(missing))).toBe('ERR_ROSTER');
  });

  it('can not list a member whose keys nobody should wrap to', async () => {
    const phantom = await room.candidate();
    const { bytes } = phantom.keyPackage;
    const weak = await forgeKeyPackage(bytes, phantom.identity, room.invite, { dhPub: randomBytes(65) });
    const { core } = splitKeyPackage(weak);
    const kph = await itemHash(core);
    const input = await forgeWelcome(mallory, bob, {
      roster: (roster) => [
        ...roster,
        {
          idx: 9,
          mid: randomBytes(16),
          role: 'member',
          joinedEpoch: 1,
          sigPub: phantom.identity.sigPub,
          kph,
        },
      ],
      directory: (directory) => new Map(directory).set(9, directoryEntry(core)),
    });
    expect(await refusalOf(join(input))).toBe('ERR_KEY');
  });

  it('can not list a member under another signing key than that of its key package', async () => {
    const phantom = await room.candidate();
    const { core } = splitKeyPackage(phantom.keyPackage.bytes);
    const { sigPub } = (await room.candidate()).identity;
    const { kph } = phantom.keyPackage;
    const entry = { idx: 9, mid: randomBytes(16), role: 'member' as const, joinedEpoch: 1, sigPub, kph };
    const input = await forgeWelcome(mallory, bob, {
      roster: (roster) => [...roster, entry],
      directory: (directory) => new Map(directory).set(9, directoryEntry(core)),
    });
    expect(await refusalOf(join(input))).toBe('ERR_ROSTER');
  });

  it('A14: can not wrap a short or another secret', async () => {
    const short = await forgeWelcome(mallory, bob, { wrapped: (joiner) => joiner.slice(0, 16) });
    expect(await refusalOf(join(short))).toBe('ERR_UNWRAP');
    const other = await forgeWelcome(mallory, bob, { wrapped: () => randomBytes(32) });
    expect(await refusalOf(join(other))).toBe('ERR_GI');
  });
});
