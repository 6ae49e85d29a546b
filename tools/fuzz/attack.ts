import type { AttackCase, EventCase, RawCase } from './attack-case.ts';
import { Insider } from './insider.ts';
import type { Target } from './target.ts';
import { exchange } from './wire/exchange.ts';

/** Connections at once. */
const PARALLEL = 32;
/** Events of one connection: its allowance (400 at once) is not what is tried here. */
const EVENTS_OF_ONE = 300;

export interface Failure {
  what: string;
  /** Undefined when it takes several to make it happen. */
  attack?: AttackCase;
}

/** Does all of them, and resolves with what went wrong on the wire. Whether the gateway lives is for the caller to see. */
export async function attack(target: Target, cases: readonly AttackCase[]): Promise<Failure[]> {
  const raw = cases.filter((one): one is RawCase => one.layer !== 'L3');
  const events = cases.filter((one): one is EventCase => one.layer === 'L3');
  return [...(await attackRaw(target, raw)), ...(await attackWithin(target, events))];
}

async function attackRaw(target: Target, cases: readonly RawCase[]): Promise<Failure[]> {
  const waiting = [...cases];
  const failures: Failure[] = [];
  const lane = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const { answer } = await exchange(target.port, one);
      if (/^HTTP\/1\.1 500/.test(answer)) failures.push({ what: 'Answered with 500.', attack: one });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  return failures;
}

async function attackWithin(target: Target, cases: readonly EventCase[]): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (let begin = 0; begin < cases.length; begin += EVENTS_OF_ONE) {
    const insider = await Insider.connect(target.url);
    for (const one of cases.slice(begin, begin + EVENTS_OF_ONE)) {
      const what = await insider.attack(one);
      if (what !== undefined) failures.push({ what, attack: one });
    }
    insider.close();
  }
  return failures;
}
