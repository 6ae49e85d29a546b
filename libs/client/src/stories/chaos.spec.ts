import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { World, type Participant } from '@bytechat/testing';

type Act =
  | { act: 'say'; who: number }
  | { act: 'come' }
  | { act: 'go'; who: number }
  | { act: 'cut'; who: number }
  | { act: 'wait'; ms: number }
  | { act: 'lose acknowledgement'; of: 'send_message' | 'share_session_key' | 'join_room' | 'sync_room' }
  | { act: 'lose hints'; every: number }
  | { act: 'repeat hints' };

const who = fc.nat(7);
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ act: fc.constant('say' as const), who }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('cut' as const), who }) },
    { weight: 2, arbitrary: fc.constant({ act: 'come' as const }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('go' as const), who }) },
    {
      weight: 4,
      arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 9_000 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant('lose acknowledgement' as const),
        of: fc.constantFrom(
          'send_message' as const,
          'share_session_key' as const,
          'join_room' as const,
          'sync_room' as const,
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        act: fc.constant('lose hints' as const),
        every: fc.integer({ min: 2, max: 4 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ act: 'repeat hints' as const }) },
  ),
  { minLength: 5, maxLength: 30 },
);

const MAX_PEOPLE = 6;

/** Plays one run of misfortune on a room of two and lets the network heal. */
class Play {
  readonly world: World;
  readonly code: string;
  present: Participant[];
  readonly said = new Map<Participant, string[]>();
  #count = 0;
  #heal: (() => void)[] = [];

  constructor(world: World, code: string, people: Participant[]) {
    this.world = world;
    this.code = code;
    this.present = people;
  }

  static async begin(seed: number): Promise<Play> {
    const world = new World({ seed });
    const { invitation, people } = await world.room(1);
    return new Play(world, invitation.code, people);
  }

  async perform(act: Act): Promise<void> {
    const person = 'who' in act ? this.present[act.who % this.present.length]! : undefined;
    switch (act.act) {
      case 'say':
        return this.#say(person!);
      case 'come':
        return this.#come();
      case 'go':
        return this.#go(person!);
      case 'cut':
        this.world.gateway.connections
          .findLast(({ alive, seat }) => alive && seat?.mid && isSeatOf(person!, seat.mid))
          ?.cut();
        return;
      case 'wait':
        return this.world.pass(act.ms);
      case 'lose acknowledgement':
        this.world.gateway.faults.loseNextAck(act.of);
        return;
      case 'lose hints':
        this.#everyNth(act.every, 0);
        return;
      case 'repeat hints':
        this.#everyNth(2, 2);
    }
  }

  async end(): Promise<void> {
    for (const heal of this.#heal) heal();
    await this.world.until(() => this.present.every(({ active }) => active), 'everybody is in', 300_000);
    for (const person of this.present) await this.#say(person);
    const last = this.present.map((person) => this.said.get(person)!.at(-1)!);
    await this.world.everyoneSees(this.present, ...last);
    await this.world.pass(15_000);
  }

  async #say(person: Participant): Promise<void> {
    const text = `message ${++this.#count}`;
    try {
      await person.send(text);
      this.said.set(person, [...(this.said.get(person) ?? []), text]);
    } catch {
      // Nobody can speak before being let in.
    }
  }

  async #come(): Promise<void> {
    if (this.present.length >= MAX_PEOPLE) return;
    const person = this.world.person();
    await this.world.settled(person.join({ code: this.code }));
    this.present.push(person);
  }

  async #go(person: Participant): Promise<void> {
    if (this.present.filter(({ active }) => active).length < 3) return;
    this.present = this.present.filter((one) => one !== person);
    await this.world.settled(person.client.leave());
  }

  #everyNth(every: number, copies: number): void {
    let count = 0;
    this.#heal.push(
      this.world.gateway.faults.hints((_connection, { name }) =>
        (name === 'new_message' || name === 'session_key_received') && ++count % every === 0
          ? copies
          : undefined,
      ),
    );
  }
}

const isSeatOf = (person: Participant, mid: Uint8Array): boolean =>
  person.members.some((one) => one.self && one.mid === Buffer.from(mid).toString('hex'));

describe('whatever happens between people and the server', () => {
  it('nobody reads anything twice, out of order or wrongly, and all can talk in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), acts, async (seed, script) => {
        const play = await Play.begin(seed);
        for (const act of script) await play.perform(act);
        await play.end();
        const epochs = new Set<number>();
        for (const person of play.present) {
          expect(person.alarms).toEqual([]);
          expect(person.lines.filter(({ kind }) => kind === 'unreadable' || kind === 'gap')).toEqual([]);
          expect(new Set(person.texts).size).toBe(person.texts.length);
          for (const [speaker, texts] of play.said) {
            if (speaker === person) continue;
            const heard = person.texts.filter((text) => texts.includes(text));
            expect(heard).toEqual(texts.filter((text) => heard.includes(text)));
          }
          if (person.membership.step === 'active') epochs.add(person.membership.epoch);
        }
        expect(epochs.size).toBe(1);
        for (const [speaker, texts] of play.said)
          if (play.present.includes(speaker))
            expect(texts.filter((text) => speaker.stateOf(text) === 'sending')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
