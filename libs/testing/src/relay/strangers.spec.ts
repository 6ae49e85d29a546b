import { describe, expect, it } from '@jest/globals';
import { decodeInviteCode } from '@bytechat/crypto';
import type { ServerEvent } from '@bytechat/client';
import type { Bytes } from '@bytechat/protocol';
import { altering, reattributing } from './attacks.ts';
import type { Attack } from './hostile-relay.ts';
import { gidIn, joinKeyOf, KeyThief, stagedWelcomes } from './key-thief.ts';
import { RoomUnderAttack } from './room-under-attack.ts';

type Pending = Extract<ServerEvent, { name: 'user_joined' }>;

const isPending = (event: ServerEvent): event is Pending =>
  event.name === 'user_joined' && event.payload.kind === 'pending';

/** Every key package that goes by gives way to the one that `forge` makes of it. */
function swapping(forge: (genuine: Bytes) => Promise<Bytes>): Attack {
  return {
    down: (event, line) => {
      if (!isPending(event) || event.payload.kind !== 'pending') return [event];
      void forge(event.payload.kp).then((kp) =>
        line.tell({ name: 'user_joined', payload: { kind: 'pending', kp } }),
      );
      return [];
    },
  };
}

async function kphOf(keyPackage: Bytes): Promise<string> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', keyPackage.slice(0, -32))).join();
}

describe('claim 1: a server that puts its own keys into the key package of a newcomer', () => {
  const forgeries: readonly [string, (thief: KeyThief, genuine: Bytes) => Promise<Bytes>][] = [
    ['leaving signature and MAC', async (thief, genuine) => thief.withOwnKeys(genuine)],
    ['signing anew, with a MAC by guess', (thief, genuine) => thief.ownPackage(genuine, new Uint8Array(32))],
    ['with a MAC by the rid', (thief, genuine) => thief.ownPackage(genuine, genuine.slice(3, 19))],
  ];

  it.each(forgeries)('%s: nothing is ever wrapped to them', async (_how, forge) => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben']);
    const thief = await KeyThief.create();
    room.relay.attack(swapping((genuine) => forge(thief, genuine)));
    const before = stagedWelcomes(room.relay.heard).length;
    const carl = room.person('carl');
    await room.world.settled(carl.join({ code: room.code }));
    await room.world.until(() => carl.membership.step === 'unanswered', 'nobody lets carl in');
    expect(stagedWelcomes(room.relay.heard)).toHaveLength(before);
    expect(people.map(({ members }) => members.length)).toEqual([2, 2]);
  });

  it('would open everything if it had the link: so these hands can', async () => {
    const { room } = await RoomUnderAttack.of(['anna', 'ben']);
    const thief = await KeyThief.create();
    const joinKey = await joinKeyOf(await decodeInviteCode(room.code));
    const forged: Bytes[] = [];
    room.relay.attack(
      swapping(async (genuine) => {
        const own = await thief.ownPackage(genuine, joinKey);
        forged.push(own);
        return own;
      }),
    );
    const before = stagedWelcomes(room.relay.heard).length;
    const carl = room.person('carl');
    await room.world.settled(carl.join({ code: room.code }));
    await room.world.until(() => stagedWelcomes(room.relay.heard).length > before, 'somebody lets it in');
    const welcome = stagedWelcomes(room.relay.heard).at(-1)!;
    expect(await Promise.all(forged.map(kphOf))).toContain(welcome.kph.join());
    expect(await thief.opens(welcome, { gid: gidIn(room.relay.heard), epoch: 2 })).toBe(true);
    const [genuine] = stagedWelcomes(room.relay.heard);
    expect(await thief.opens(genuine!, { gid: gidIn(room.relay.heard), epoch: 1 })).toBe(false);
  });
});

describe('claim 10: a server that says who somebody is', () => {
  it('convinces nobody: who wrote and who is there comes from signatures', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl']);
    const [anna, ben, carl] = people;
    const [from, to] = [ben, carl].map(({ self }) => Uint8Array.from(Buffer.from(self.mid, 'hex')));
    room.relay.attack(reattributing('anna', from!, to!));
    await ben.send('it was me');
    await room.world.everyoneSees(people, 'it was me');
    expect(anna.messages[0]?.mid).toBe(ben.self.mid);
    const { mid } = ben.self;
    await room.world.settled(ben.client.leave());
    await room.world.until(() => anna.members.length === 2, 'ben has been removed');
    expect(anna.members.map((member) => member.mid).sort()).toEqual([anna.self.mid, carl.self.mid].sort());
    expect(anna.members.map((member) => member.mid)).not.toContain(mid);
  });

  it.each([9, 13])('nor by turning the hidden sender of a message (byte %i)', async (at) => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl']);
    const [anna, , carl] = people;
    room.relay.attack(altering('carl', at));
    await anna.send('not mine');
    await room.world.until(() => carl.told('unreadable'), 'carl is told');
    expect(carl.texts).toEqual([]);
  });
});

describe('claim 12: whoever was kicked and comes back through a server that helps', () => {
  it('is never let in: its key package is of the old link, whatever the server says', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna', 'ben', 'carl']);
    const [anna, ben, carl] = people;
    let kept: Pending | undefined;
    const { code } = room;
    const { rid } = room.world.gateway.connectionOf(anna.self.mid).seat!;
    const asBefore = await room.world.gateway.rooms.info(rid);
    const outsider = room.person('carl again', { info: () => Promise.resolve(asBefore) });
    await room.world.settled(anna.client.kick(carl.self.mid));
    await room.world.until(() => ben.members.length === 2, 'carl is out');
    const staged = stagedWelcomes(room.relay.heard).length;
    // The real server refuses the old link; this one pretends and hands the key package on by itself.
    room.relay.attack({
      up: async ({ event, payload }, forward, line) => {
        if (line.name !== 'carl again' || event !== 'join_room') return forward();
        const { kp } = payload as { kp: Bytes };
        kept = { name: 'user_joined', payload: { kind: 'pending', kp } };
        for (const name of ['anna', 'ben']) room.relay.lineOf(name).tell(kept);
        return { ok: true };
      },
    });
    outsider.join({ code }).catch(() => undefined);
    await room.world.until(() => kept !== undefined, 'carl has tried');
    for (let again = 0; again < 3; again++) {
      for (const name of ['anna', 'ben']) room.relay.lineOf(name).tell(kept!);
      await room.world.pass(20_000);
    }
    expect(stagedWelcomes(room.relay.heard)).toHaveLength(staged);
    expect([anna.members.length, ben.members.length]).toEqual([2, 2]);
    expect(outsider.membership.step).not.toBe('active');
  });
});
