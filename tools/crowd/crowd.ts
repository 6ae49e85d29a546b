import { socketIoTransport, type RoomClientDeps } from '@bytechat/client';
import { compareSafetyCodes } from '@bytechat/crypto';
import { Participant, PooledKeySource } from '@bytechat/testing/client';
import { HostileRelay } from '@bytechat/testing/relay';
import { comesTrue } from '../chaos/plant/waiting.ts';
import type { Seeded } from '../chaos/plant/seeded.ts';
import { CommitLog } from './commit-log.ts';

export interface CrowdPlan {
  /** People in the room, about: somebody always comes, goes or is removed. */
  clients: number;
  /** Things that are done, some at the same time. */
  acts: number;
  /** Gateways, as http addresses; everybody takes the next one. */
  gateways: readonly string[];
  random: Seeded;
  /** Hears what happens, for whoever looks on. */
  told?: (line: string) => void;
}

export interface CrowdOutcome {
  /** Epochs that were begun by more than one commit, as far as anybody saw. */
  splitEpochs: string[];
  commits: number;
  /** Pairs of people whose keys differ at the end. */
  differing: string[];
  /** What somebody who was there all the time didn't get, or got twice. */
  lost: string[];
  messages: number;
  alarms: string[];
}

interface Said {
  text: string;
  by: Participant;
  /** Who was in the room when it was written. */
  present: readonly Participant[];
}

const AT_ONCE = 3;
const PATIENCE_MS = 120_000;
const TRIES = 6;

/** A room that people enter, leave and are removed from at random, while they write. */
export class Crowd {
  readonly #plan: CrowdPlan;
  readonly #keySource = new PooledKeySource(4);
  readonly #commits = new CommitLog();
  readonly #relay = new HostileRelay(socketIoTransport('sdk'));
  readonly #said: Said[] = [];
  #everybody: Participant[] = [];
  #present: Participant[] = [];
  #names = 0;

  constructor(plan: CrowdPlan) {
    this.#plan = plan;
    this.#relay.attack(this.#commits);
  }

  async run(): Promise<CrowdOutcome> {
    const founder = this.#somebody();
    await founder.create({});
    await this.#until(() => founder.active, 'the founder is in');
    this.#present = [founder];
    await this.#inGroups(this.#plan.clients - 1, () => this.#enters());
    await this.#inGroups(this.#plan.acts, () => this.#acts());
    await this.#until(() => this.#isLevel(), 'everybody sees the same');
    const outcome = await this.#outcome();
    await Promise.all(this.#everybody.map(({ client }) => client.leave().catch(() => undefined)));
    return outcome;
  }

  async #inGroups(count: number, act: () => Promise<void>): Promise<void> {
    for (let done = 0; done < count; done += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - done) }, act));
  }

  async #acts(): Promise<void> {
    const dice = this.#plan.random.between(0, 10);
    const few = this.#present.length < this.#plan.clients * 0.7;
    if (few || dice < 2) return this.#enters();
    if (dice < 3.5) return this.#leaves();
    if (dice < 4.5) return this.#isKicked();
    return this.#writes();
  }

  get #founder(): Participant {
    return this.#present[0]!;
  }

  /** With the link as it is now; a kick may change it on the way, then again with the next one. */
  async #enters(): Promise<void> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const person = this.#somebody();
      const code = this.#founder.invitations.at(-1)?.code ?? '';
      const asked = await person.join({ code }).then(
        () => true,
        () => false,
      );
      const isDecided = (): boolean => person.active || person.connection.state === 'closed';
      if (asked && (await comesTrue(isDecided, PATIENCE_MS / TRIES)) && person.active) {
        this.#present.push(person);
        this.#plan.told?.(`somebody is in: ${this.#present.length}`);
        return;
      }
      await person.client.leave().catch(() => undefined);
    }
    throw new Error('Nobody was let in.');
  }

  async #leaves(): Promise<void> {
    const person = this.#takenOut();
    this.#plan.told?.('somebody leaves');
    await person?.client.leave();
  }

  async #isKicked(): Promise<void> {
    const person = this.#takenOut();
    if (!person) return;
    this.#plan.told?.('somebody is kicked');
    const { mid } = person.self;
    await this.#founder.client.kick(mid);
    await this.#until(() => person.connection.state === 'closed', 'who was kicked is out');
  }

  async #writes(): Promise<void> {
    const by = this.#plan.random.pick(this.#present);
    const text = `message ${this.#said.length + 1}`;
    this.#said.push({ text, by, present: [...this.#present] });
    await by.send(text);
  }

  /** Anybody but the founder, and nobody twice. */
  #takenOut(): Participant | undefined {
    const [, ...others] = this.#present;
    if (others.length === 0) return undefined;
    const person = this.#plan.random.pick(others);
    this.#present = this.#present.filter((one) => one !== person);
    return person;
  }

  #somebody(): Participant {
    const { gateways } = this.#plan;
    const url = gateways[this.#names % gateways.length]!;
    const deps: RoomClientDeps = {
      endpoint: { url },
      transport: this.#relay.between(`person ${++this.#names}`),
      keySource: this.#keySource,
    };
    const person = new Participant(deps);
    this.#everybody.push(person);
    return person;
  }

  #isLevel(): boolean {
    const sizes = this.#present.map(({ members }) => members.length);
    const epochs = this.#present.map(({ membership }) =>
      membership.step === 'active' ? membership.epoch : -1,
    );
    return (
      sizes.every((size) => size === this.#present.length) &&
      new Set(epochs).size === 1 &&
      this.#lost().length === 0 &&
      this.#present.every((person) => person.messages.every(({ state }) => state !== 'sending'))
    );
  }

  /** Who wrote and is still there has written for all who were there from then on. */
  #lost(): string[] {
    return this.#said
      .filter(({ by }) => this.#present.includes(by))
      .flatMap(({ text, present }) =>
        this.#present
          .filter((person) => present.includes(person))
          .filter((person) => person.texts.filter((each) => each === text).length !== 1)
          .map(() => text),
      );
  }

  async #outcome(): Promise<CrowdOutcome> {
    const codes = await Promise.all(this.#present.map(async ({ client }) => (await client.safety()).qr));
    const [first = ''] = codes;
    const comparisons = codes.map((code) => compareSafetyCodes(first, code));
    return {
      splitEpochs: this.#commits.split,
      commits: this.#commits.size,
      differing: comparisons.filter((comparison) => comparison !== 'same'),
      lost: this.#lost(),
      messages: this.#said.length,
      alarms: this.#everybody.flatMap(({ alarms }) => alarms),
    };
  }

  async #until(condition: () => boolean, what: string): Promise<void> {
    if (await comesTrue(condition, PATIENCE_MS)) return;
    const standing = this.#present.map(
      ({ members, membership, connection }) =>
        `${members.length} ${membership.step} ${connection.state}${'epoch' in membership ? ` ${membership.epoch}` : ''}`,
    );
    throw new Error(`Waited in vain until ${what}; lost: ${this.#lost().join()}; ${standing.join('; ')}`);
  }
}
