import type { Anomaly } from './anomaly.ts';
import type { Lineage } from './lineage.ts';
import { placeText } from './messages.ts';
import type { Seen, Stretch, View } from './views.ts';

/** What can be said of a view by itself: nothing twice, in order, within its generation (I2, I3, I13). */
export function checkViews(views: readonly View[], lineage: Lineage): Anomaly[] {
  return views.flatMap((view) => [...repeats(view), ...strays(view), ...disorder(view, lineage)]);
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

function disorder(view: View, lineage: Lineage): Anomaly[] {
  const { process, room, stretches } = view;
  let newest = -1;
  return stretches.flatMap((stretch) => {
    const goesBack = stretch.generation < newest;
    const detail = `goes on in generation ${stretch.generation} after ${newest}`;
    newest = Math.max(newest, stretch.generation);
    const backwards: Anomaly[] = goesBack ? [{ kind: 'nonmonotonic', room, process, detail }] : [];
    return [...backwards, ...foreign(view, stretch, lineage), ...unordered(view, stretch)];
  });
}

/** What stands in no generation that this stretch is of. */
function foreign({ process, room }: View, stretch: Stretch, lineage: Lineage): Anomaly[] {
  return stretch.seen
    .filter((one) => !lineage.has(room, stretch.generation, one))
    .map(({ id, generation }): Anomaly => {
      const found = { room, process, id };
      return generation > stretch.generation
        ? { ...found, kind: 'skip', detail: `generation ${generation} began without a word` }
        : { ...found, kind: 'nonmonotonic', detail: `of generation ${generation}, which is over` };
    });
}

/** What stands before the beginning of a stretch is history that was read afterwards: its order is free. */
function unordered({ process, room }: View, stretch: Stretch): Anomaly[] {
  let last = stretch.seq;
  return stretch.seen.flatMap(({ id, seq }): Anomaly[] => {
    if (seq <= stretch.seq) return [];
    const detail = `${seq} was seen after ${last}`;
    const isBehind = seq < last;
    last = Math.max(last, seq);
    return isBehind ? [{ room, process, id, kind: 'nonmonotonic', detail }] : [];
  });
}
