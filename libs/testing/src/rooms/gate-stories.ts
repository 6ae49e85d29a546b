import type { Stage } from './harness.ts';
import { newAddress, newPerson, randomOf, Scene } from './people.ts';
import { codeOf, refusalOf } from './refusals.ts';

export function gateStories({ jest: { describe, it, expect }, setUp }: Stage): void {
  describe('wrong gates', () => {
    it('locks an address out after ten wrong gates on two pods, while members still resume', async () => {
      const { store, world, clock } = await setUp();
      const pods = [store, world.open()];
      const scene = new Scene();
      const founder = await scene.open(store);
      const address = newAddress();
      for (let i = 0; i < 10; i += 1) {
        const act = scene.knock(pods[i % 2]!, newPerson(), randomOf(32), address);
        expect(await codeOf(act)).toBe('ERR_GATE');
      }
      const locked = await refusalOf(scene.knock(pods[1]!, newPerson(), scene.gate, address));
      expect(locked).toMatchObject({ code: 'ERR_LOCKED', retryAfterMs: 15 * 60_000 });
      expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
      const { rid } = scene;
      expect(await store.resume({ rid, mid: founder.mid, connection: 'new' })).toMatchObject({ idx: 0 });
      clock.advance(15 * 60_000);
      expect(await scene.knock(store, newPerson(), scene.gate, address)).toEqual({ state: 'created' });
    });

    it('gives no fresh tries when the address gets another key at midnight', async () => {
      const { store } = await setUp();
      const scene = new Scene();
      await scene.open(store);
      const yesterday = newAddress();
      const today = { current: newAddress().current, previous: yesterday.current };
      for (let i = 0; i < 9; i += 1) await codeOf(scene.knock(store, newPerson(), randomOf(32), yesterday));
      expect(await codeOf(scene.knock(store, newPerson(), randomOf(32), today))).toBe('ERR_GATE');
      expect(await codeOf(scene.knock(store, newPerson(), scene.gate, today))).toBe('ERR_LOCKED');
      expect(await codeOf(scene.knock(store, newPerson(), scene.gate, yesterday))).toBe('ERR_LOCKED');
    });

    it('locks joins of a room that many addresses try, each time for longer', async () => {
      const { store, clock } = await setUp();
      const scene = new Scene();
      await scene.open(store);
      for (let i = 0; i < 100; i += 1) await codeOf(scene.knock(store, newPerson(), randomOf(32)));
      const first = await refusalOf(scene.knock(store, newPerson()));
      expect(first).toMatchObject({ code: 'ERR_LOCKED', retryAfterMs: 60_000 });
      clock.advance(60_000);
      expect(await codeOf(scene.knock(store, newPerson(), randomOf(32)))).toBe('ERR_GATE');
      const second = await refusalOf(scene.knock(store, newPerson()));
      expect(second).toMatchObject({ code: 'ERR_LOCKED', retryAfterMs: 120_000 });
      clock.advance(120_000);
      expect(await scene.knock(store, newPerson())).toEqual({ state: 'pending' });
    });
  });
}
