import { createHash } from 'node:crypto';
import type { ServerEvent } from '@bytechat/client';
import type { LogItem } from '@bytechat/protocol';
import type { Attack } from '@bytechat/testing/relay';

/** Listens on every line and notes which commit began which epoch; it changes nothing. */
export class CommitLog implements Attack {
  readonly #frames = new Map<string, Set<string>>();

  /** Epochs with more than one commit. */
  get split(): string[] {
    return [...this.#frames].filter(([, frames]) => frames.size > 1).map(([epoch]) => epoch);
  }

  get size(): number {
    return this.#frames.size;
  }

  down = (event: ServerEvent): readonly ServerEvent[] => {
    if (event.name === 'session_key_received' && event.payload.kind !== 'nack') this.#note(event.payload);
    return [event];
  };

  up: NonNullable<Attack['up']> = async ({ event, payload }, forward) => {
    const answer = await forward();
    if (event !== 'sync_room' || !answer.ok) return answer;
    const { generation } = (payload as { from: { generation: number } }).from;
    const { items = [] } = answer as { items?: LogItem[] };
    for (const item of items) if (item.kind === 'commit') this.#note({ ...item, generation });
    return answer;
  };

  #note({ generation, epoch, frame }: { generation: number; epoch: number; frame: Uint8Array }): void {
    const key = `${generation}/${epoch}`;
    const frames = this.#frames.get(key) ?? new Set();
    this.#frames.set(key, frames.add(createHash('sha256').update(frame).digest('hex')));
  }
}
