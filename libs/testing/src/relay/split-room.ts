import type { Acknowledgement, Bytes, ClientEventPayload, LogItem } from '@bytechat/protocol';
import type { ServerEvent } from '@bytechat/client';
import { isItem } from './attacks.ts';
import type { Attack, Forward, RelayLine, Request } from './hostile-relay.ts';

interface Place {
  generation: number;
  seq: number;
  epoch: number;
}

type Staged = ClientEventPayload<'share_session_key'> & { kind: 'stage' };
type Commit = ClientEventPayload<'share_session_key'> & { kind: 'commit' };

/**
 * A second server under the same room: from the split on, some of its members live in a log of their own, with its own
 * order, commits and epochs, while the others go on in the real one. Nobody is told.
 */
export class SplitRoom implements Attack {
  readonly #half: ReadonlySet<string>;
  readonly #now: () => number;
  readonly #lines: () => readonly RelayLine[];
  readonly #log: LogItem[] = [];
  readonly #wraps = new Map<string, Staged['wraps']>();
  readonly #slots = new Map<string, number>();
  #at: Place;

  constructor(deps: {
    half: readonly string[];
    /** The place in the roster of each of the half. */
    slots: Readonly<Record<string, number>>;
    at: Place;
    now: () => number;
    lines: () => readonly RelayLine[];
  }) {
    this.#half = new Set(deps.half);
    for (const [name, idx] of Object.entries(deps.slots)) this.#slots.set(name, idx);
    this.#at = deps.at;
    this.#now = deps.now;
    this.#lines = deps.lines;
  }

  down = (event: ServerEvent, line: RelayLine): readonly ServerEvent[] =>
    this.#half.has(line.name) && isItem(event) ? [] : [event];

  up = async (request: Request, forward: Forward, line: RelayLine): Promise<Acknowledgement> => {
    if (!this.#half.has(line.name)) return forward();
    switch (request.event) {
      case 'send_message':
        return this.#append(request.payload as ClientEventPayload<'send_message'>, line);
      case 'sync_room':
        return this.#page((request.payload as ClientEventPayload<'sync_room'>).from.seq, line);
      case 'share_session_key':
        return this.#key(request.payload as ClientEventPayload<'share_session_key'>, forward, line);
      default:
        return forward();
    }
  };

  /** Carries a message of the real room over, under the next number here. */
  smuggle(env: Bytes): void {
    const { generation, seq } = this.#next();
    const at = this.#now();
    this.#log.push({ kind: 'message', seq, at, env });
    this.#tell(undefined, () => ({ name: 'new_message', payload: { generation, seq, at, env } }));
  }

  #append({ env }: ClientEventPayload<'send_message'>, from: RelayLine): Acknowledgement {
    const { generation, seq } = this.#next();
    const at = this.#now();
    this.#log.push({ kind: 'message', seq, at, env });
    this.#tell(from, () => ({ name: 'new_message', payload: { generation, seq, at, env } }));
    return accepted({ generation, seq, at });
  }

  #page(after: number, line: RelayLine): Acknowledgement {
    const items = this.#log.filter(({ seq }) => seq > after).map((item) => this.#withWrap(item, line));
    return accepted({ recovered: true, head: this.#at, items, more: false });
  }

  async #key(
    payload: ClientEventPayload<'share_session_key'>,
    forward: Forward,
    line: RelayLine,
  ): Promise<Acknowledgement> {
    switch (payload.kind) {
      case 'stage':
        this.#wraps.set(payload.commitId.join(), payload.wraps);
        return accepted({});
      case 'commit':
        return this.#commit(payload, line);
      case 'ku_get':
        return accepted({ updates: [], more: false });
      default:
        return forward();
    }
  }

  #commit({ expectEpoch, commitId, frame }: Commit, from: RelayLine): Acknowledgement {
    if (expectEpoch !== this.#at.epoch) {
      return { ok: false, error: { code: 'ERR_EPOCH_STALE', message: '' } };
    }
    this.#at = { ...this.#at, epoch: expectEpoch + 1 };
    const { generation, seq, epoch } = this.#next();
    this.#log.push({ kind: 'commit', seq, epoch, frame });
    this.#tell(from, (line) => {
      const wrap = this.#wrapOf(commitId, line);
      const payload = { kind: 'commit' as const, generation, seq, epoch, frame };
      return { name: 'session_key_received', payload: wrap ? { ...payload, wrap } : payload };
    });
    return accepted({ generation, seq, epoch });
  }

  #withWrap(item: LogItem, line: RelayLine): LogItem {
    if (item.kind !== 'commit') return item;
    const [commitId] = [...this.#wraps.keys()].slice(-1);
    const wrap = this.#wraps.get(commitId ?? '')?.find(({ idx }) => idx === this.#slots.get(line.name));
    return wrap ? { ...item, wrap: { wrap: wrap.wrap, tag: wrap.tag } } : item;
  }

  #wrapOf(commitId: Bytes, line: RelayLine): { wrap: Bytes; tag: Bytes } | undefined {
    const own = this.#wraps.get(commitId.join())?.find(({ idx }) => idx === this.#slots.get(line.name));
    return own && { wrap: own.wrap, tag: own.tag };
  }

  #next(): Place {
    this.#at = { ...this.#at, seq: this.#at.seq + 1 };
    return this.#at;
  }

  #tell(from: RelayLine | undefined, event: (line: RelayLine) => ServerEvent): void {
    for (const name of this.#half) {
      const line = this.#lines().findLast((one) => one.name === name);
      if (line && line !== from) queueMicrotask(() => line.tell(event(line)));
    }
  }
}

function accepted(body: object): Acknowledgement {
  return { ok: true, ...body };
}
