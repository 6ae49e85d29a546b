import * as fc from 'fast-check';
import type { HistoryEvent } from './event.ts';
import { SimulatedRoom } from './simulated-room.ts';

const ROOMS = ['one', 'two'];
const LONGEST_PAUSE_MS = 50;

/** Histories without a fault: whatever a checker finds in one is a false alarm. */
export function validHistory({ maxSteps = 150 } = {}): fc.Arbitrary<HistoryEvent[]> {
  const step = fc.record({
    act: fc.nat(ACTS.length - 1),
    room: fc.nat(ROOMS.length - 1),
    person: fc.nat(7),
    pauseMs: fc.nat(LONGEST_PAUSE_MS),
  });
  const steps = fc.array(step, { maxLength: maxSteps, size: 'max' });
  return fc.record({ size: fc.integer({ min: 2, max: 4 }), steps }).map(simulate);
}

interface Step {
  act: number;
  room: number;
  person: number;
  pauseMs: number;
}

type Act = (room: SimulatedRoom, person: SimulatedRoom['people'][number], step: Step) => void;

/** What is frequent in life stands here more than once. */
const ACTS: readonly Act[] = [
  ...Array<Act>(3).fill((room, person) => room.send(person)),
  ...Array<Act>(4).fill((room, person, { pauseMs }) => room.store(person, pauseMs % 3)),
  ...Array<Act>(6).fill((room, person) => void room.take(person)),
  (room, person) => room.reconnect(person),
  (room, person) => room.rejoin(person),
  (room, person) => room.leave(person),
  (room, person) => room.enter(person),
  (room, person) => room.refuse(person),
  (room, _person, { pauseMs }) => room.carryOn(Math.max(0, pauseMs - 40)),
  (room, _person, { pauseMs }) => {
    if (pauseMs < LONGEST_PAUSE_MS / 5) room.beginAnew();
  },
];

function simulate({ size, steps }: { size: number; steps: readonly Step[] }): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  let now = 0;
  const rooms = ROOMS.map(
    (name) =>
      new SimulatedRoom(
        name,
        size,
        () => (now += 1),
        (event) => events.push(event),
      ),
  );
  for (const step of steps) {
    now += step.pauseMs;
    const room = rooms[step.room]!;
    ACTS[step.act]!(room, room.people[step.person % size]!, step);
  }
  for (const room of rooms) room.settle();
  return events;
}
