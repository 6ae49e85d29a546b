import { comesTrue } from '../plant/waiting.ts';
import type { Seeded } from '../plant/seeded.ts';
import { UnreliableHints } from '../people/unreliable-hints.ts';
import type { Fault } from './fault.ts';

const CUT_WITHIN_MS = 5_000;

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
