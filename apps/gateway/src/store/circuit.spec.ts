import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  DEFAULT_STORE_LIMITS,
  MemoryRoomStore,
  RoomError,
  type RoomState,
  type RoomStore,
} from '@bytechat/rooms';
import { random } from '../testing/person.ts';
import { StoreOutOfReach, withCircuit } from './circuit.ts';

/** A store that fails as it is told. */
class FailingStore extends MemoryRoomStore {
  failure: Error | undefined;
  asked = 0;

  constructor() {
    super({ limits: DEFAULT_STORE_LIMITS });
  }

  override async state(): Promise<RoomState | undefined> {
    return this.#answer();
  }

  override async ping(): Promise<void> {
    await this.#answer();
  }

  async #answer(): Promise<undefined> {
    this.asked += 1;
    if (this.failure !== undefined) throw this.failure;
    return undefined;
  }
}

let bare: FailingStore;
let store: RoomStore;
beforeEach(() => {
  bare = new FailingStore();
  store = withCircuit(bare);
});

const ask = (): Promise<unknown> => store.state(random(16)).catch((error: unknown) => error);

async function ask3(failure: Error | undefined): Promise<void> {
  bare.failure = failure;
  for (let i = 0; i < 3; i++) await ask();
  bare.asked = 0;
}

const LOST = new Error('Connection is closed.');

describe('a store that does not answer three times in a row', () => {
  beforeEach(() => ask3(LOST));

  test('is asked no more, and callers hear at once when to try again', async () => {
    const refusal = await ask();
    expect(refusal).toBeInstanceOf(StoreOutOfReach);
    expect(bare.asked).toBe(0);
    const { code, retryAfterMs } = (refusal as StoreOutOfReach).toRefusal();
    expect(code).toBe('ERR_BUSY');
    expect(retryAfterMs).toBeGreaterThanOrEqual(500);
    expect(retryAfterMs).toBeLessThanOrEqual(1_500);
  });

  test('is pinged all the same, and asked again when a ping is answered', async () => {
    await expect(store.ping()).rejects.toThrow(LOST.message);
    expect(await ask()).toBeInstanceOf(StoreOutOfReach);
    bare.failure = undefined;
    await store.ping();
    expect(await ask()).toBeUndefined();
  });

  test('is away for every verb alike', async () => {
    await expect(store.sweep()).rejects.toThrow(StoreOutOfReach);
  });
});

describe('what is no outage', () => {
  test('failures with an answer between them', async () => {
    for (let i = 0; i < 5; i++) {
      bare.failure = LOST;
      await ask();
      await ask();
      bare.failure = undefined;
      await ask();
    }
    expect(bare.asked).toBe(15);
  });

  const replied = Object.assign(new Error('OOM command not allowed'), { name: 'ReplyError' });
  test.each([
    ['a refusal by the rules', new RoomError('ERR_NOT_MEMBER')],
    ['an error that Redis replied with', replied],
    ['a mistake in the code', new TypeError('x is not a function')],
  ])('%s', async (_, failure) => {
    await ask3(failure);
    expect(await ask()).toBe(failure);
    expect(bare.asked).toBe(1);
  });
});
