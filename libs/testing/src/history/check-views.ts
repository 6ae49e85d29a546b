import type { Anomaly } from './anomaly.ts';
import { placeText } from './messages.ts';
import type { Seen, Stretch, View } from './views.ts';

/** What can be said of a view by itself: nothing twice, in order, within its generation (I2, I3, I13). */
export function checkViews(views: readonly View[]): Anomaly[] {
  return views.flatMap((view) => [...repeats(view), ...strays(view), ...disorder(view)]);
}

function repeats({ process, room, stretches, outside }: View): Anomaly[] {
  const known = new Map<string, Seen>();
  return [...stretches.flatMap(({ seen }) => seen), ...outside].flatMap((one) => {
    const before = known.get(one.id);
    known.set(one.id, one);
    if (before === undefined) return [];
    const detail = `at ${placeText(before)} and at ${placeText(one)}`;
    return [{ kind: 'duplicate' as const, room, process, id: one.id, detail }];
  });
}

function strays({ process, room, outside }: View): Anomaly[] {
  return outside.map(({ id }) => ({
    ...{ kind: 'phantom' as const, room, process, id },
    detail: 'shown to one who was not in the room',
  }));
}

function disorder({ process, room, stretches }: View): Anomaly[] {
  let newest = -1;
  return stretches.flatMap((stretch) => {
    const goesBack = stretch.generation < newest;
    newest = Math.max(newest, stretch.generation);
    const detail = `begins in generation ${stretch.generation} after ${newest}`;
    const backwards: Anomaly[] = goesBack ? [{ kind: 'nonmonotonic', room, process, detail }] : [];
    return [...backwards, ...disorderWithin(stretch, process, room)];
  });
}

/** What stands before the beginning of a stretch is history that was read afterwards: its order is free. */
function disorderWithin(stretch: Stretch, process: string, room: string): Anomaly[] {
  let last = stretch.seq;
  return stretch.seen.flatMap(({ id, generation, seq }): Anomaly[] => {
    const found = { room, process, id };
    if (generation < stretch.generation)
      return [{ ...found, kind: 'nonmonotonic', detail: `of generation ${generation}, which is over` }];
    if (generation > stretch.generation)
      return [{ ...found, kind: 'skip', detail: `generation ${generation} began without a word` }];
    if (seq <= stretch.seq) return [];
    const isBehind = seq < last;
    last = Math.max(last, seq);
    return isBehind ? [{ ...found, kind: 'nonmonotonic', detail: `${seq} was seen after ${last}` }] : [];
  });
}
