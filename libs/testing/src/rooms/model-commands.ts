import fc from 'fast-check';

/** How a commit of the model is spoiled on purpose. */
export const SPOILS = [
  'none',
  'noStage',
  'missingWrap',
  'extraWrap',
  'takenSlot',
  'earlyRemoval',
  'staleEpoch',
] as const;

/** Where a commit of the model moves the invite to. */
export const ROTATIONS = ['none', 'fresh', 'known', 'elsewhere'] as const;

/** One act in the model. Numbers choose among what is there when it runs. */
export type Command =
  | { act: 'create'; person: number }
  /** `invite`: 0 is the present one, higher numbers are earlier ones. */
  | {
      act: 'join';
      person: number;
      connection: number;
      rightGate: boolean;
      address: number;
      invite: number;
    }
  | { act: 'found'; person: number; connection: number }
  | { act: 'reinit'; person: number }
  | { act: 'resume'; person: number; connection: number; invite: number }
  | { act: 'leave'; person: number; connection: number }
  | { act: 'beat'; people: number[]; acted: boolean }
  | { act: 'send'; person: number; cid: number; env: number; ephemeral: boolean; staleEpoch: boolean }
  | {
      act: 'commit';
      person: number;
      adds: number;
      /** Removes whoever has gone. */
      removes: boolean;
      reason: 'left' | 'timeout';
      rekey: boolean;
      /** Removes somebody who may be there still. */
      kick: boolean;
      rotate: (typeof ROTATIONS)[number];
      spoil: (typeof SPOILS)[number];
    }
  | { act: 'recommit'; person: number; commit: number }
  | { act: 'keyUpdate'; person: number; kuSeq: number; variant: number; wrongSlot: boolean }
  | { act: 'complain'; person: number }
  | { act: 'read'; person: number; back: number; generationsBack: number; maxBytes: number }
  | { act: 'look'; person: number }
  | { act: 'withdraw'; connection: number }
  | { act: 'wraps'; back: number }
  | { act: 'spend'; address: number }
  | { act: 'hold'; address: number; connection: number }
  | { act: 'release'; address: number; connection: number }
  | { act: 'sweep' }
  | { act: 'changeMaster' }
  | { act: 'wait'; ms: number };

export const PEOPLE = 4;
export const CONNECTIONS = 6;
export const ADDRESSES = 2;
export const MESSAGES = 16;
export const KEY_UPDATES = 4;

/** Among the members, whoever they are, when the act is a member's. One more than there are people is a stranger. */
const person = fc.constantFrom(...Array.from({ length: PEOPLE + 1 }, (_, number) => number));
const connection = fc.nat({ max: CONNECTIONS - 1 });
const address = fc.nat({ max: ADDRESSES - 1 });
const mostly = fc.integer({ min: 0, max: 9 }).map((n) => n > 0);
const seldom = mostly.map((value) => !value);
const invite = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 2 }));
const act = <A extends Command['act']>(name: A): fc.Arbitrary<A> => fc.constant(name);

const entering: fc.WeightedArbitrary<Command>[] = [
  { weight: 1, arbitrary: fc.record({ act: act('create'), person }) },
  {
    weight: 8,
    arbitrary: fc.record({ act: act('join'), person, connection, rightGate: mostly, address, invite }),
  },
  { weight: 2, arbitrary: fc.record({ act: act('found'), person, connection }) },
  { weight: 1, arbitrary: fc.record({ act: act('reinit'), person }) },
  { weight: 3, arbitrary: fc.record({ act: act('resume'), person, connection, invite: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ act: act('leave'), person, connection }) },
  { weight: 1, arbitrary: fc.record({ act: act('withdraw'), connection }) },
];

const living: fc.WeightedArbitrary<Command>[] = [
  {
    weight: 5,
    arbitrary: fc.record({
      act: act('beat'),
      people: fc.array(person, { maxLength: 3 }),
      acted: fc.boolean(),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      act: act('send'),
      person,
      cid: fc.nat({ max: MESSAGES - 1 }),
      env: fc.nat({ max: MESSAGES - 1 }),
      ephemeral: seldom,
      staleEpoch: seldom,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      act: act('commit'),
      person,
      adds: fc.constantFrom(0, 1, 2),
      removes: fc.boolean(),
      reason: fc.constantFrom('left', 'timeout'),
      rekey: fc.boolean(),
      kick: seldom,
      rotate: fc.oneof({ weight: 3, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...ROTATIONS)),
      spoil: fc.oneof({ weight: 1, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...SPOILS)),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: act('keyUpdate'),
      person,
      kuSeq: fc.nat({ max: KEY_UPDATES - 1 }),
      variant: fc.nat({ max: 1 }),
      wrongSlot: seldom,
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: act('complain'), person }) },
  { weight: 3, arbitrary: fc.record({ act: act('recommit'), person, commit: fc.nat({ max: 3 }) }) },
];

const looking: fc.WeightedArbitrary<Command>[] = [
  {
    weight: 4,
    arbitrary: fc.record({
      act: act('read'),
      person,
      back: fc.nat({ max: 20 }),
      generationsBack: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 2 })),
      maxBytes: fc.constantFrom(1, 800, 50_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: act('look'), person }) },
  { weight: 2, arbitrary: fc.record({ act: act('wraps'), back: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ act: act('spend'), address }) },
  { weight: 1, arbitrary: fc.record({ act: act('hold'), address, connection }) },
  { weight: 1, arbitrary: fc.record({ act: act('release'), address, connection }) },
  { weight: 1, arbitrary: fc.record({ act: act('sweep') }) },
  { weight: 1, arbitrary: fc.record({ act: act('changeMaster') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: act('wait'),
      ms: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(1, 999, 1_000, 5_000, 19_999, 20_000, 30_000) },
        { weight: 3, arbitrary: fc.constantFrom(60_000, 120_000, 299_999) },
        { weight: 1, arbitrary: fc.constantFrom(320_000, 3_600_000) },
      ),
    }),
  },
];

const single = fc.oneof(...entering, ...living, ...looking).map((command): Command[] => [command]);

/** Somebody comes in: as a newcomer whom a member admits, or as the founder of an empty room. */
const arrival = fc
  .record({ person, member: person, address })
  .map(({ person, member, address }): Command[] => {
    const connection = person;
    return [
      { act: 'join', person, connection, rightGate: true, address, invite: 0 },
      { act: 'found', person, connection },
      {
        ...{ act: 'commit', person: member, adds: 1, removes: true, kick: false },
        ...{ reason: 'timeout', rekey: true, rotate: 'none', spoil: 'none' },
      },
    ];
  });

/** A member under another master asks from where it was. */
const handover = fc
  .record({ person, back: fc.nat({ max: 3 }) })
  .map(({ person, back }): Command[] => [
    { act: 'changeMaster' },
    { act: 'read', person, back, generationsBack: 1, maxBytes: 50_000 },
  ]);

/** Somebody is shown the door, and the invite changes. */
const expulsion = person.map((person): Command[] => [
  {
    ...{ act: 'commit', person, adds: 0, removes: false, reason: 'left' },
    ...{ rekey: true, kick: true, rotate: 'fresh', spoil: 'none' },
  },
]);

/** A life of a room: it is made and founded, then anything may happen. */
export const commandsArbitrary: fc.Arbitrary<Command[]> = fc
  .array(
    fc.oneof(
      { weight: 36, arbitrary: single },
      { weight: 8, arbitrary: arrival },
      { weight: 2, arbitrary: handover },
      { weight: 1, arbitrary: expulsion },
    ),
    { minLength: 20, maxLength: 80, size: 'max' },
  )
  .map((commands) => [
    { act: 'create', person: 0 },
    { act: 'found', person: 0, connection: 0 },
    ...commands.flat(),
  ]);
