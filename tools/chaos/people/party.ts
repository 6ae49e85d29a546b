import { socketIoTransport, type TransportFactory } from '@bytechat/client';
import type { KeySource } from '@bytechat/crypto';
import { LOG_READER } from '@bytechat/testing/history';
import { comesTrue } from '../plant/waiting.ts';
import type { RunRecord } from './run-record.ts';
import { Talker } from './talker.ts';
import { Tap } from './tap.ts';

export interface PartyDeps {
  url: string;
  record: RunRecord;
  keySource: KeySource;
  /** What is between a client and its socket. */
  between?: (factory: TransportFactory) => TransportFactory;
}

const ENTERED_WITHIN_MS = 90_000;

/** People in one room. When it ends for somebody, they all meet again in another. */
export class Party {
  /** Everybody who was ever in a room of this party. */
  readonly everybody: Talker[] = [];
  present: readonly Talker[] = [];
  readonly #name: string;
  readonly #size: number;
  readonly #deps: PartyDeps;
  #rooms = 0;

  constructor(name: string, size: number, deps: PartyDeps) {
    this.#name = name;
    this.#size = size;
    this.#deps = deps;
  }

  /** Makes a room and waits until everybody in it sees everybody. @throws when that takes too long */
  async meet(): Promise<void> {
    await leaveAll(this.present);
    const room = `${this.#name}.${++this.#rooms}`;
    const talkers = Array.from({ length: this.#size }, (_, index) => this.#talker(room, index + 1));
    this.everybody.push(...talkers);
    try {
      await gather(talkers);
    } catch (error) {
      await leaveAll(talkers);
      throw error;
    }
    this.present = talkers;
  }

  /** Somebody is no longer in the room. */
  get isOver(): boolean {
    return this.present.some(({ ended }) => ended !== undefined);
  }

  get areOnline(): boolean {
    return this.present.every(({ isOnline }) => isOnline);
  }

  /** Nothing is under way, and all have seen the same newest message. */
  get isLevel(): boolean {
    const newest = this.present.map(({ newest: { seq } }) => seq);
    return this.present.every(({ pending }) => pending === 0) && new Set(newest).size === 1;
  }

  /** Somebody reads the log through the pod they are connected to. @throws when it can't be read */
  async readLog(pod: string): Promise<void> {
    const [talker] = this.present;
    await talker?.readLog(`${LOG_READER}${pod}`, (hash) => this.#idOfHash(hash));
  }

  async goHome(): Promise<void> {
    await leaveAll(this.everybody);
  }

  #talker(room: string, number: number): Talker {
    const { url, record, keySource, between } = this.#deps;
    const tap = new Tap();
    const sockets = socketIoTransport('sdk');
    const transport = tap.on(between === undefined ? sockets : between(sockets));
    const client = { endpoint: { url }, keySource, transport, random: tap.random };
    return new Talker({ name: `${room}.p${number}`, room, record, tap, client });
  }

  #idOfHash(hash: string): string | undefined {
    for (const talker of this.everybody) {
      const id = talker.idOfHash(hash);
      if (id !== undefined) return id;
    }
    return undefined;
  }
}

async function gather(talkers: readonly Talker[]): Promise<void> {
  const [host, ...guests] = talkers;
  if (!host) return;
  const { code } = await host.create();
  await untilIn([host], () => host.isOnline);
  await Promise.all(guests.map((guest) => guest.join(code)));
  await untilIn(talkers, ({ isOnline, members }) => isOnline && members === talkers.length);
}

/** @throws when it takes too long, with how far everybody came */
async function untilIn(talkers: readonly Talker[], isIn: (talker: Talker) => boolean): Promise<void> {
  if (await comesTrue(() => talkers.every(isIn), ENTERED_WITHIN_MS)) return;
  const standings = talkers.map(({ name, standing }) => `${name}: ${standing}`);
  throw new Error(`Not everybody came into the room. ${standings.join('; ')}`);
}

async function leaveAll(talkers: readonly Talker[]): Promise<void> {
  await Promise.all(talkers.map((talker) => talker.leave()));
}
