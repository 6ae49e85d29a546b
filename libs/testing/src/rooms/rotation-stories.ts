import type { RoomStore } from '@bytechat/rooms';
import type { Stage } from './harness.ts';
import { newInvite, newPerson, randomOf, Scene, type Person, type RoomInvite } from './people.ts';
import { codeOf } from './refusals.ts';

const HOUR = 3_600_000;
/** How long a member may still come back by the invite that was replaced. */
const RESUMABLE_MS = 320_000;

export function rotationStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  const beat = (store: RoomStore, { rid }: Scene, people: readonly Person[]): Promise<unknown> =>
    store.heartbeat(
      rid,
      people.map(({ mid, connection }) => ({ mid, connection, acted: false })),
    );

  /** Two members and one who is to go, and the invite they came with. */
  async function threePeople(
    store: RoomStore,
  ): Promise<{ scene: Scene; founder: Person; other: Person; victim: Person; old: RoomInvite }> {
    const scene = new Scene();
    const founder = await scene.open(store);
    const other = await scene.admit(store, founder);
    const victim = await scene.admit(store, other);
    return { scene, founder, other, victim, old: scene.invite };
  }

  describe('a kick and a rotated invite', () => {
    it('removes a member who is present, at once, and gives everybody else a wrap', async () => {
      const { store } = await setUp();
      const { scene, founder, victim } = await threePeople(store);
      const { removed, fresh } = await scene.kick(store, founder, victim);
      expect(fresh).toBe(true);
      expect(removed).toMatchObject([{ idx: 2, mid: victim.mid, connection: victim.connection }]);
      expect((await store.members(scene.rid)).map(({ idx }) => idx)).toEqual([0, 1]);
      expect(await codeOf(store.append(scene.message(victim)))).toBe('ERR_NOT_MEMBER');
      const read = { rid: scene.rid, mid: victim.mid, from: { generation: 1, seq: 0 }, maxBytes: 1_000 };
      expect(await codeOf(store.read(read))).toBe('ERR_NOT_MEMBER');
    });

    it('claim 12: keeps who was kicked out: the old rid leads nowhere, on any pod', async () => {
      const { store, world, clock } = await setUp();
      const { scene, founder, other, victim, old } = await threePeople(store);
      await scene.kick(store, founder, victim);
      const pods = [store, world.open()];
      for (const pod of pods) {
        const attempt = { ...victim, connection: `back-${pods.indexOf(pod)}` };
        expect(await codeOf(scene.knockWith(pod, attempt, old))).toBe('ERR_ROOM_NOT_FOUND');
        expect(await codeOf(scene.knockWith(pod, newPerson(), old))).toBe('ERR_ROOM_NOT_FOUND');
        const { connection, mid } = attempt;
        expect(await codeOf(pod.resume({ rid: old.rid, mid, connection }))).toBe('ERR_NOT_MEMBER');
        expect(await codeOf(pod.create({ ...scene.creation(connection), rid: old.rid }))).toBe(
          'ERR_ROOM_EXISTS',
        );
      }
      clock.advance(200_000);
      await beat(store, scene, [founder, other]);
      clock.advance(RESUMABLE_MS - 200_000);
      await beat(store, scene, [founder, other]);
      expect(await codeOf(scene.knockWith(store, victim, old))).toBe('ERR_ROOM_NOT_FOUND');
      const resume = { rid: old.rid, mid: victim.mid, connection: 'back' };
      expect(await codeOf(store.resume(resume))).toBe('ERR_ROOM_NOT_FOUND');
      expect(await codeOf(store.create({ ...scene.creation('back'), rid: old.rid }))).toBe('ERR_ROOM_EXISTS');
    });

    it('lets newcomers in by the new rid and its gate only', async () => {
      const { store, world } = await setUp();
      const { scene, founder, victim, old } = await threePeople(store);
      await scene.kick(store, founder, victim);
      const guess = { rid: scene.invite.rid, gateVerifier: old.gateVerifier };
      expect(await codeOf(scene.knockWith(world.open(), victim, guess))).toBe('ERR_GATE');
      const newcomer = await scene.admit(world.open(), founder);
      expect(newcomer.idx).toBe(2);
      expect(await store.append(scene.message(newcomer))).toMatchObject({ seq: 5 });
    });

    it('goes on in the same room: log, epoch, members and place at the address stay', async () => {
      const { store } = await setUp();
      const { scene, founder, other, victim } = await threePeople(store);
      await store.append(scene.message(other));
      await scene.kick(store, founder, victim);
      const page = await store.read({
        ...{ rid: scene.rid, mid: other.mid, from: { generation: 1, seq: 2 }, maxBytes: 50_000 },
      });
      expect(page.recovered && page.items.map(({ kind }) => kind)).toEqual(['message', 'commit']);
      const expected = { rid0: scene.rid, rid: scene.invite.rid, members: 2 };
      expect(await store.state(scene.rid)).toMatchObject({ ...expected, head: { generation: 1, seq: 4 } });
      expect(await store.state(scene.invite.rid)).toMatchObject(expected);
      expect(await store.state(randomOf(16))).toBeUndefined();
    });

    it('lets a member come back by the rid it knows, until the commit that replaced it is gone', async () => {
      const { store, world, clock } = await setUp();
      const { scene, founder, other, victim, old } = await threePeople(store);
      await scene.kick(store, founder, victim);
      const { mid } = other;
      clock.advance(RESUMABLE_MS - 1);
      expect(await world.open().resume({ rid: old.rid, mid, connection: 'a' })).toMatchObject({ idx: 1 });
      expect(await store.state(old.rid)).toMatchObject({ rid: scene.invite.rid });
      clock.advance(1);
      expect(await codeOf(store.resume({ rid: old.rid, mid, connection: 'b' }))).toBe('ERR_ROOM_NOT_FOUND');
      expect(await store.resume({ rid: scene.invite.rid, mid, connection: 'b' })).toMatchObject({ idx: 1 });
    });

    it('turns away who waited or might have founded by the old invite', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      const [founder, loser] = [newPerson(), newPerson()];
      await store.create(scene.creation(founder.connection));
      await scene.knock(store, loser);
      await scene.found(store, founder);
      const victim = await scene.admit(store, founder);
      const waiting = newPerson();
      await scene.knock(store, waiting);
      const { turnedAway } = await scene.kick(store, founder, victim);
      expect(turnedAway).toEqual([waiting.connection]);
      expect(await store.pending(scene.rid)).toEqual([]);
      await store.leave({ rid: scene.rid, mid: founder.mid, connection: founder.connection });
      expect(await codeOf(scene.found(store, loser))).toBe('ERR_NOT_MEMBER');
    });

    it('waits, when everybody has left, for whoever comes by the new invite', async () => {
      const { store, clock } = await setUp();
      const { scene, founder, other, victim, old } = await threePeople(store);
      await scene.kick(store, founder, victim);
      for (const { mid, connection } of [founder, other]) {
        await store.leave({ rid: scene.rid, mid, connection });
      }
      clock.advance(HOUR - 1);
      expect(await codeOf(scene.knockWith(store, victim, old))).toBe('ERR_ROOM_NOT_FOUND');
      const next = newPerson();
      expect(await scene.knock(store, next)).toEqual({ state: 'created' });
      await scene.found(store, next);
      clock.advance(320_000 + HOUR);
      expect(await store.state(scene.invite.rid)).toBeUndefined();
      expect(await codeOf(scene.knock(store, newPerson()))).toBe('ERR_ROOM_NOT_FOUND');
      await store.create({ ...scene.creation('new'), rid: scene.invite.rid });
    });

    it('rotates again and again: each rid before the last is good for resuming only', async () => {
      const { store } = await setUp();
      const { scene, founder, other } = await threePeople(store);
      const invites = [scene.invite];
      for (let i = 0; i < 2; i += 1) {
        await scene.commit(store, founder, { rotate: newInvite() });
        invites.push(scene.invite);
      }
      for (const [i, { rid }] of invites.entries()) {
        const connection = `again-${i}`;
        expect(await store.resume({ rid, mid: other.mid, connection })).toMatchObject({ idx: 1 });
      }
      const codes = await Promise.all(
        invites.slice(0, -1).map((invite) => codeOf(scene.knockWith(store, newPerson(), invite))),
      );
      expect(codes).toEqual(['ERR_ROOM_NOT_FOUND', 'ERR_ROOM_NOT_FOUND']);
      expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
    });

    it('takes no rid that the room has or had, and none of another room', async () => {
      const { store } = await setUp();
      const { scene, founder, old } = await threePeople(store);
      const elsewhere = new Scene();
      await elsewhere.open(store);
      const stranger = newPerson();
      const rotated = new Scene();
      await rotated.open(store, stranger);
      await rotated.commit(store, stranger, { rotate: newInvite() });
      const rotateTo = (rid: RoomInvite['rid']): Promise<string> =>
        codeOf(scene.commit(store, founder, { rotate: { ...newInvite(), rid } }));
      expect(await rotateTo(scene.rid)).toBe('ERR_ROOM_EXISTS');
      expect(await rotateTo(elsewhere.rid)).toBe('ERR_ROOM_EXISTS');
      expect(await rotateTo(rotated.invite.rid)).toBe('ERR_ROOM_EXISTS');
      await scene.commit(store, founder, { rotate: newInvite() });
      expect(await rotateTo(scene.invite.rid)).toBe('ERR_FORMAT');
      expect(await rotateTo(old.rid)).toBe('ERR_ROOM_EXISTS');
      expect((await store.head(scene.rid))?.epoch).toBe(3);
    });

    it('does nothing when the epoch has moved on: the old invite stays good, and the new rid leads nowhere', async () => {
      const { store, clock } = await setUp();
      const { scene, founder, victim } = await threePeople(store);
      const rotate = newInvite();
      const late = scene.commitOf(founder, { removes: [{ idx: 2, reason: 'kick' }], rotate });
      await store.stage(await scene.stageOf(store, late));
      await scene.commit(store, victim);
      expect(await codeOf(store.commitEpoch(late))).toBe('ERR_EPOCH_STALE');
      expect(await codeOf(scene.knockWith(store, newPerson(), rotate))).toBe('ERR_ROOM_NOT_FOUND');
      expect(await store.state(rotate.rid)).toBeUndefined();
      expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
      expect(await store.members(scene.rid)).toHaveLength(3);
      clock.advance(30_000);
      await store.create({ ...scene.creation('c'), ...rotate });
    });

    it('answers the same kick with the first answer, and rotates once', async () => {
      const { store, world } = await setUp();
      const { scene, founder, victim } = await threePeople(store);
      const kick = scene.commitOf(founder, { removes: [{ idx: 2, reason: 'kick' }], rotate: newInvite() });
      await store.stage(await scene.stageOf(store, kick));
      const { generation, seq, epoch } = await store.commitEpoch(kick);
      expect(await world.open().commitEpoch(kick)).toEqual({
        ...{ generation, seq, epoch, fresh: false, added: [], removed: [], turnedAway: [] },
      });
      expect(await store.state(scene.rid)).toMatchObject({ rid: kick.rotate?.rid, members: 2 });
      expect(await codeOf(store.append(scene.message(victim)))).toBe('ERR_NOT_MEMBER');
    });

    it('makes the new rid a room’s own: nobody makes another room of it, or moves one there', async () => {
      const { store, world } = await setUp();
      const { scene, founder, victim } = await threePeople(store);
      await scene.kick(store, founder, victim);
      const { rid } = scene.invite;
      const other = world.open();
      expect(await codeOf(other.create({ ...scene.creation('maker'), rid }))).toBe('ERR_ROOM_EXISTS');
      const elsewhere = new Scene();
      const stranger = await elsewhere.open(other);
      const move = elsewhere.commit(other, stranger, { rotate: { ...newInvite(), rid } });
      expect(await codeOf(move)).toBe('ERR_ROOM_EXISTS');
      expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
    });

    it('frees a rid that it named and didn’t take, after 30 s', async () => {
      const { store, clock } = await setUp();
      const { scene, founder } = await threePeople(store);
      const rotate = newInvite();
      const late = scene.commitOf(founder, { expectEpoch: 0, rotate });
      expect(await codeOf(store.commitEpoch(late))).toBe('ERR_EPOCH_STALE');
      const elsewhere = new Scene();
      const stranger = await elsewhere.open(store);
      const move = (): Promise<unknown> => elsewhere.commit(store, stranger, { rotate });
      expect(await codeOf(move())).toBe('ERR_ROOM_EXISTS');
      clock.advance(30_000);
      await move();
      expect(await store.state(rotate.rid)).toMatchObject({ rid0: elsewhere.rid });
    });

    it('never lets the committer remove itself', async () => {
      const { store } = await setUp();
      const { scene, founder } = await threePeople(store);
      expect(await codeOf(scene.kick(store, founder, founder))).toBe('ERR_FORMAT');
    });
  });
}
