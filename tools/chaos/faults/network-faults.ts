import { comesTrue } from '../plant/waiting.ts';
import type { Seeded } from '../plant/seeded.ts';
import { UnreliableHints } from '../people/unreliable-hints.ts';
import type { Relay } from '../plant/relay.ts';
import type { Fault } from './fault.ts';

const CUT_WITHIN_MS = 5_000;
const STALLS = 20;

export const replyLost = (): Fault => ({
  id: 'F13',
  title: 'connection to Redis cut between execution and reply',
  everyMs: 300,
  inject: async ({ plant, random }) => {
    const { replies } = random.pick(plant.wires);
    const before = replies.cuts;
    replies.arm();
    await comesTrue(() => replies.cuts > before, CUT_WITHIN_MS);
    replies.disarm();
    return replies.cuts - before;
  },
});

/** As packets that are dropped: what was under way arrives when it is over, commands and replies alike. */
export const oneWay = (): Fault => ({
  id: 'F19',
  title: 'one gateway: nothing to Redis for 3 s, nothing from it for 3 s, refused for 3 s',
  everyMs: 3_000,
  inject: async ({ plant, random, pause }) => {
    for (const direction of ['toServer', 'toClient'] as const) {
      const { relay } = random.pick(plant.wires);
      relay.hold(direction);
      await pause(3_000);
      relay.release();
      await pause(2_000);
    }
    const { relay } = random.pick(plant.wires);
    relay.refuse(true);
    relay.cut();
    await pause(3_000);
    relay.refuse(false);
    return 3;
  },
});

export const doorCut = (): Fault => ({
  id: 'F21',
  title: 'every connection through the load balancer cut at once',
  everyMs: 4_000,
  inject: async ({ plant }) => (plant.door.cut() > 0 ? 1 : 0),
});

/** What lost packets look like above TCP: stalls; and then nothing for longer than a ping may take. */
export const badLink = (): Fault => ({
  id: 'F20',
  title: 'people on a link that stalls again and again, and is dead for 25 s',
  everyMs: 3_000,
  inject: async ({ plant: { door }, random, pause }) => {
    for (let stall = 0; stall < STALLS; stall++) {
      hold(door);
      await pause(random.between(100, 600));
      door.release();
      await pause(random.between(50, 200));
    }
    hold(door);
    await pause(25_000);
    door.release();
    return STALLS + 1;
  },
});

/** A crowd that comes back at once. */
export const herd = (): Fault => ({
  id: 'F22',
  title: 'every connection of sixty people reset at once',
  everyMs: 12_000,
  crowd: { rooms: 6, people: 10, rate: 3 },
  inject: async ({ plant }) => (plant.door.reset() > 0 ? 1 : 0),
});

function hold(door: Relay): void {
  door.hold('toServer');
  door.hold('toClient');
}

export const hintsDisturbed = (random: Seeded): Fault => {
  const hints = new UnreliableHints(random);
  let counted = 0;
  return {
    id: 'F28',
    title: 'a fifth of all hints doubled, a fifth overtaken',
    everyMs: 500,
    between: (factory) => hints.between(factory),
    inject: async () => {
      const fresh = hints.disturbed - counted;
      counted += fresh;
      return fresh;
    },
  };
};
