import { createHash } from 'node:crypto';
import type { Acknowledgement, AckBodies, ClientEventName, ClientEventPayload } from '@bytechat/protocol';
import {
  systemRandom,
  type Random,
  type ServerEvent,
  type Transport,
  type TransportFactory,
} from '@bytechat/client';
import type { Place } from '@bytechat/testing/history';

/** Where each message of ours and our own entrance stand: what the SDK knows and its events don't tell. */
export class Tap {
  /** Where one came in last: sees everything after it. */
  entered: Place | undefined;
  /** Hears of a generation that carries on ours, with a seq up to which both share every item. */
  carriedOn: (place: Place) => void = () => undefined;
  /**
   * For the SDK. A message's id and the id it is sent under are drawn one right after the other: that is how an
   * acknowledgement is known to be of this message.
   */
  readonly random: Random = {
    bytes: (length) => this.#draw(length),
    fraction: () => systemRandom.fraction(),
  };
  readonly #drawnBefore = new Map<string, string>();
  #lastDrawn = '';
  readonly #places = new Map<string, Place>();
  /** In which generation each seq of others came last. */
  readonly #generations = new Map<number, number>();
  #generation = 0;
  readonly #own = new Map<string, string>();
  #transport: Transport | undefined;
  #newestCommit = 0;

  /** The same transports, listened to. */
  on(factory: TransportFactory): TransportFactory {
    return (endpoint, listener) => {
      const transport = factory(endpoint, {
        event: (event) => {
          this.#heard(event);
          listener.event(event);
        },
        closed: (error) => listener.closed(error),
      });
      const request: Transport['request'] = async (event, payload, options) => {
        if (event === 'send_message') this.#remember(payload as ClientEventPayload<'send_message'>);
        const answer = await transport.request(event, payload, options);
        if (answer.ok) this.#answered(event, payload, answer);
        return answer;
      };
      this.#transport = { request, close: () => transport.close() };
      return this.#transport;
    };
  }

  /** Of a message of ours, by its id. */
  placeOf(id: string): Place | undefined {
    return this.#places.get(id);
  }

  /** In which generation the item came that is shown as having this seq. */
  generationOf(seq: number): number | undefined {
    return this.#generations.get(seq);
  }

  /** By the hash of the stored bytes, the id of every message of ours. */
  get ownHashes(): ReadonlyMap<string, string> {
    return this.#own;
  }

  /** Reads the log as the pod has it that we are connected to, after the last commit. @throws when it can't be read */
  async readLog(): Promise<{ from: Place; items: (Place & { hash: string })[] }> {
    const items: (Place & { hash: string })[] = [];
    const from = { generation: this.#generation, seq: this.#newestCommit };
    for (let seq = from.seq, more = true; more;) {
      const answer = await this.#request('sync_room', { from: { ...from, seq } });
      if (!answer.ok || !answer.recovered) throw new Error('The log could not be read to its end.');
      const { generation } = answer.head;
      for (const item of answer.items)
        if (item.kind === 'message') items.push({ generation, seq: item.seq, hash: hashOf(item.env) });
        else if (item.kind === 'hash') items.push({ generation, seq: item.seq, hash: hex(item.hash) });
      seq = answer.items.at(-1)?.seq ?? seq;
      more = answer.more;
    }
    return { from, items };
  }

  async #request<E extends ClientEventName>(
    event: E,
    payload: ClientEventPayload<E>,
  ): Promise<Acknowledgement<AckBodies[E]>> {
    if (!this.#transport) throw new Error('There was never a connection.');
    return this.#transport.request(event, payload, { timeoutMs: 10_000 });
  }

  #draw(length: number): Uint8Array<ArrayBuffer> {
    const drawn = systemRandom.bytes(length);
    this.#drawnBefore.set(hex(drawn), this.#lastDrawn);
    this.#lastDrawn = hex(drawn);
    return drawn;
  }

  #remember({ cid, env }: ClientEventPayload<'send_message'>): void {
    this.#own.set(hashOf(env), this.#drawnBefore.get(hex(cid)) ?? '');
  }

  #heard({ name, payload }: ServerEvent): void {
    if (name === 'new_message' && payload.generation >= this.#generation) this.#seen(payload.env, payload);
    if (name !== 'session_key_received') return;
    if (payload.kind === 'welcome') this.#enter(payload);
    if (payload.kind === 'commit') this.#newestCommit = Math.max(this.#newestCommit, payload.seq);
  }

  #answered(event: ClientEventName, payload: unknown, answer: object): void {
    if (event === 'send_message') {
      const { env } = payload as ClientEventPayload<'send_message'>;
      this.#seen(env, answer as AckBodies['send_message']);
    } else if (event === 'sync_room') {
      const { from } = payload as ClientEventPayload<'sync_room'>;
      this.#read(from, answer as AckBodies['sync_room']);
    } else if (event === 'share_session_key') {
      const request = payload as ClientEventPayload<'share_session_key'>;
      const { generation, seq = 0 } = answer as AckBodies['share_session_key'];
      if (request.kind === 'found' && generation !== undefined) this.#enter({ generation, seq });
      if (request.kind === 'commit') this.#newestCommit = Math.max(this.#newestCommit, seq);
    }
  }

  #read(from: Place, page: AckBodies['sync_room']): void {
    if (!page.recovered) return;
    const { generation } = page.head;
    if (generation > this.#generation) {
      this.#generation = generation;
      this.carriedOn({ generation, seq: page.base?.seq ?? from.seq });
    }
    for (const item of page.items) {
      if (item.kind === 'message') this.#seen(item.env, { generation, seq: item.seq });
      if (item.kind === 'commit') this.#newestCommit = Math.max(this.#newestCommit, item.seq);
    }
  }

  /** Ours comes back by its acknowledgement, or by another way where that was lost. */
  #seen(env: Uint8Array, place: Place): void {
    const id = this.#own.get(hashOf(env));
    if (id === undefined) this.#generations.set(place.seq, place.generation);
    else this.#places.set(id, placeIn(place));
  }

  #enter(place: Place): void {
    this.entered = placeIn(place);
    this.#generation = place.generation;
    this.#newestCommit = place.seq;
  }
}

const placeIn = ({ generation, seq }: Place): Place => ({ generation, seq });

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
