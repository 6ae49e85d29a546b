import type { CreateOptions, Invitation, Random, RoomClientDeps } from '@bytechat/client';
import type { StoreLimits } from '@bytechat/rooms';
import { FakeClock } from './fake-clock.ts';
import { FakeGateway } from './fake-gateway.ts';
import { Participant } from './participant.ts';
import { PooledKeySource } from './pooled-keys.ts';
import { quiet, watchWebCrypto } from './quiet.ts';

const sharedKeys = new PooledKeySource();
const DEFAULT_PATIENCE_MS = 120_000;

/** People, their clients and one gateway, on a clock that moves only when nothing else can happen. */
export class World {
  readonly clock = new FakeClock();
  /** RSA pairs for whoever makes a session by hand. */
  readonly keySource = sharedKeys;
  readonly gateway: FakeGateway;
  readonly people: Participant[] = [];
  readonly #random: Random;

  /** @param seed of the jitter; message ids are random in any case */
  constructor({ limits = {}, seed = 1 }: { limits?: Partial<StoreLimits>; seed?: number } = {}) {
    watchWebCrypto();
    this.gateway = new FakeGateway(this.clock, limits);
    this.#random = seededRandom(seed);
  }

  person(deps: Partial<RoomClientDeps> = {}): Participant {
    const person = new Participant({
      endpoint: { url: 'http://gateway.test' },
      transport: this.gateway.connect,
      info: this.gateway.info,
      clock: this.clock,
      random: this.#random,
      keySource: this.keySource,
      ...deps,
    });
    this.people.push(person);
    return person;
  }

  /** A room with its founder and `others` more members, everybody active. */
  async room(
    others = 1,
    options: Omit<CreateOptions, 'name'> = {},
  ): Promise<{ invitation: Invitation; people: Participant[] }> {
    const founder = this.person();
    const invitation = await this.settled(founder.create(options));
    await this.until(() => founder.active, 'the founder is active');
    const people = [founder];
    for (let other = 0; other < others; other++) people.push(await this.joins(invitation, options.password));
    return { invitation, people };
  }

  /** Somebody comes in and is seen by everybody. */
  async joins(invitation: Invitation, password?: string): Promise<Participant> {
    const person = this.person();
    await this.settled(person.join({ code: invitation.code, ...(password ? { password } : {}) }));
    await this.until(() => person.active, 'the newcomer is active');
    const { mid } = person.self;
    await this.until(
      () =>
        this.people
          .filter(({ active }) => active)
          .every(({ members }) => members.some((one) => one.mid === mid)),
      'everybody sees the newcomer',
    );
    return person;
  }

  /** Lets things happen, and time pass, until the condition holds. */
  async until(condition: () => boolean, what: string, patienceMs = DEFAULT_PATIENCE_MS): Promise<void> {
    const limit = this.clock.now() + patienceMs;
    for (;;) {
      await quiet();
      if (condition()) return;
      if (!this.clock.runNext(limit)) throw new Error(`Waited in vain until ${what}.`);
    }
  }

  /** Lets things happen for a while. */
  async pass(ms: number): Promise<void> {
    const limit = this.clock.now() + ms;
    do await quiet();
    while (this.clock.runNext(limit));
    await quiet();
  }

  /** The outcome of a promise that needs time to pass. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let done = false;
    const watched = promise.finally(() => (done = true));
    watched.catch(() => undefined);
    await this.until(() => done, 'the call has an outcome');
    return watched;
  }

  async everyoneSees(people: readonly Participant[], ...texts: string[]): Promise<void> {
    await this.until(
      () => people.every((person) => person.sees(...texts)),
      `everyone sees ${texts.join(', ')}`,
    );
  }
}

/** Jitter that a run can repeat (mulberry32); ids stay random. */
function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    fraction: () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}
