import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_STORE_LIMITS, RoomError, type RoomStore } from '@bytechat/rooms';
import { ManualClock, type WorldFactory } from './harness.ts';
import { commandsArbitrary, type Command } from './model-commands.ts';
import { ModelRoom } from './model-room.ts';

/**
 * Drives two stores with the same acts at the same times, every act sent twice, and compares all answers. A failure
 * names the seed and the shortest life of a room that shows it.
 * @returns how often each act had which outcome, so that a caller can see that the run reached the rules.
 */
export async function storesAgree(
  makeReference: WorldFactory,
  makeOther: WorldFactory,
  parameters: fc.Parameters<[Command[]]> = {},
): Promise<Map<string, number>> {
  const clock = new ManualClock();
  const limits = { ...DEFAULT_STORE_LIMITS, maxMessages: 6, maxRoomsPerAddress: 2, messageBurst: 3 };
  const settings = { limits, now: clock.now };
  const [reference, other] = [await makeReference(settings), await makeOther(settings)];
  const tally = new Map<string, number>();
  try {
    const [a, b] = [reference.open(), other.open()];
    const changeMaster = (): Promise<unknown> =>
      Promise.all([reference.changeMaster(), other.changeMaster()]);
    await fc.assert(
      fc.asyncProperty(commandsArbitrary, (commands) =>
        live(commands, a, b, new ModelRoom(a, clock, changeMaster), tally),
      ),
      parameters,
    );
  } finally {
    await Promise.all([reference.close(), other.close()]);
  }
  return tally;
}

async function live(
  commands: readonly Command[],
  reference: RoomStore,
  other: RoomStore,
  room: ModelRoom,
  tally: Map<string, number>,
): Promise<void> {
  for (const command of commands) {
    const { steps, idempotent } = await room.prepare(command);
    for (const step of steps) {
      const first = await answerOf(step(reference));
      deepStrictEqual(await answerOf(step(other)), first, `${command.act}: the stores disagree`);
      const second = await answerOf(step(reference));
      deepStrictEqual(
        await answerOf(step(other)),
        second,
        `${command.act}: the stores disagree when it is repeated`,
      );
      if (idempotent)
        deepStrictEqual(
          withoutRepetition(second),
          withoutRepetition(first),
          `${command.act}: not idempotent`,
        );
      const outcome = `${command.act} ${outcomeOf(first)}`;
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    }
  }
}

interface Refused {
  refused: string;
  retryAfterMs: number | undefined;
  current: number | undefined;
}

async function answerOf(act: Promise<unknown>): Promise<unknown> {
  try {
    return await act;
  } catch (error) {
    if (!(error instanceof RoomError)) throw error;
    const { code, retryAfterMs, current } = error;
    return { refused: code, retryAfterMs, current } satisfies Refused;
  }
}

function outcomeOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return 'accepted';
  if ('refused' in answer) return String(answer.refused);
  if ('recovered' in answer) {
    if ('base' in answer) return 'recovered, carried';
    return answer.recovered === true ? 'recovered' : 'not recovered';
  }
  const has = (news: 'added' | 'removed'): boolean =>
    news in answer && (answer as Record<typeof news, unknown[]>)[news].length > 0;
  return ['accepted', ...(['added', 'removed'] as const).filter(has)].join(', ');
}

/** What a repetition may leave out: it says `fresh: false`, and tells nobody's news again. */
function withoutRepetition(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if (!('fresh' in answer) && !('turnedAway' in answer)) return answer;
  return { ...answer, fresh: undefined, added: undefined, removed: undefined, turnedAway: undefined };
}
