import type { Anomaly } from './anomaly.ts';
import { LOG_READER } from './event.ts';
import { firstAfter, type Known, type KnownLog } from './known-log.ts';
import { placeText, type Message } from './messages.ts';
import type { Stretch, View } from './views.ts';

/** A message that a view lacks. */
interface Hole {
  view: View;
  known: Known;
  /** The view has later ones. */
  isInside: boolean;
}

/**
 * What views lack of what is known to be stored (I1, I3). A message that was acknowledged and that every view lacks which
 * was to have it is a lost write; so is one that a reading of the log lacks.
 */
export function checkLosses(
  log: KnownLog,
  messages: ReadonlyMap<string, Message>,
  views: readonly View[],
): Anomaly[] {
  const holes = views.flatMap((view) => holesOf(view, log));
  const seenBy = others(views, messages);
  const byMessage = Map.groupBy(holes, ({ known: { id } }) => id);
  return [...byMessage].flatMap(([id, lacking]) => {
    const isAcknowledged = messages.get(id)?.ok !== undefined;
    const isLost = lacking.some(({ view }) => view.process.startsWith(LOG_READER)) || !seenBy.has(id);
    return isAcknowledged && isLost ? [lostWrite(id, lacking)] : lacking.map(lackOf);
  });
}

/** Ids that somebody besides their sender has seen. */
function others(views: readonly View[], messages: ReadonlyMap<string, Message>): Set<string> {
  const seen = new Set<string>();
  for (const { process, stretches } of views)
    for (const { id } of stretches.flatMap((stretch) => stretch.seen))
      if (messages.get(id)?.sent?.process !== process) seen.add(id);
  return seen;
}

function holesOf(view: View, log: KnownLog): Hole[] {
  const inStretches = view.stretches.flatMap((stretch) =>
    holesIn(view, stretch, log.of(view.room, stretch.generation)),
  );
  const last = view.stretches.at(-1);
  if (!last?.isOpen) return inStretches;
  const ids = new Set(last.seen.map(({ id }) => id));
  const neverTold = log.after(view.room, last.generation).filter(({ id }) => !ids.has(id));
  return [...inStretches, ...neverTold.map((known) => ({ view, known, isInside: false }))];
}

/** An open stretch lacks everything that it has not seen; one that ended, only what lies before its last. */
function holesIn(view: View, stretch: Stretch, known: readonly Known[]): Hole[] {
  const ids = new Set(stretch.seen.map(({ id }) => id));
  const lastSeq = stretch.seen.reduce((max, { seq }) => Math.max(max, seq), stretch.seq);
  const end = stretch.isOpen ? known.length : firstAfter(known, lastSeq - 1);
  return known
    .slice(firstAfter(known, stretch.seq), end)
    .filter(({ id }) => !ids.has(id))
    .map((one) => ({ view, known: one, isInside: one.seq < lastSeq }));
}

function lackOf({ view: { process, room }, known, isInside }: Hole): Anomaly {
  const detail = `lacks ${placeText(known)}`;
  return { kind: isInside ? 'skip' : 'unobserved', room, process, id: known.id, detail };
}

function lostWrite(id: string, lacking: readonly Hole[]): Anomaly {
  const { view, known } = lacking[0]!;
  const whom = lacking.map(({ view: { process } }) => process).join(', ');
  return {
    ...{ kind: 'lost-write', room: view.room, id },
    detail: `acknowledged at ${placeText(known)}, lacking for ${whom}`,
  };
}
