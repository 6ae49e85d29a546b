import { createRoomClient, type RoomClient, type RoomEvent } from '@bytechat/client';
import { PooledKeySource } from '@bytechat/testing/client';
import { comesTrue, until } from '../chaos/plant/waiting.ts';

const HEARD_WITHIN_MS = 10_000;

/** Two people with the real SDK who go on talking through whatever happens around them. */
export class HonestPair {
  readonly #anna: RoomClient;
  readonly #ben: RoomClient;
  readonly #heard = new Set<string>();
  readonly #active = new Set<RoomClient>();
  /** Connections that broke, and what people were told besides messages. */
  readonly troubles: string[] = [];
  #said = 0;

  private constructor(url: string) {
    const deps = { endpoint: { url }, keySource: new PooledKeySource() };
    this.#anna = this.#listenTo(createRoomClient(deps));
    this.#ben = this.#listenTo(createRoomClient(deps));
  }

  /** @throws {Error} when they don't find one another */
  static async meet(url: string): Promise<HonestPair> {
    const pair = new HonestPair(url);
    const { code } = await pair.#anna.create({ name: 'Anna' });
    await until(() => pair.#active.has(pair.#anna), 'Anna is in her room');
    await pair.#ben.join({ code, name: 'Ben' });
    await until(() => pair.#active.size === 2, 'Ben is in the room');
    return pair;
  }

  /** Resolves with how long a message took from one to the other, in ms, or undefined when it did not arrive. */
  async talk(): Promise<number | undefined> {
    const text = `message ${++this.#said}`;
    const begin = performance.now();
    await this.#anna.send(text);
    const isHeard = await comesTrue(() => this.#heard.has(text), HEARD_WITHIN_MS);
    return isHeard ? performance.now() - begin : undefined;
  }

  async leave(): Promise<void> {
    await Promise.all([this.#anna.leave(), this.#ben.leave()]);
  }

  #listenTo(client: RoomClient): RoomClient {
    client.subscribe((event) => this.#hear(client, event));
    return client;
  }

  #hear(client: RoomClient, event: RoomEvent): void {
    if (event.type === 'message' && !event.message.own) this.#heard.add(event.message.text);
    if (event.type === 'membership' && event.membership.step === 'active') this.#active.add(client);
    if (event.type === 'alarm') this.troubles.push(`An honest client raised ${event.code}.`);
    if (event.type === 'connection' && event.connection.state === 'waiting')
      this.troubles.push('An honest client lost its connection.');
  }
}
