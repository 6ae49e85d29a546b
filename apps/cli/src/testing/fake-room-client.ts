import type { ChatMessage, Invitation, RoomEvent } from '@bytechat/client';
import type { StayClient } from '../room/stay.ts';

const INVITATION: Invitation = { code: 'A'.repeat(32), hasPassword: false, ttlSeconds: 3_600 };

/** A client that does what a test says. */
export class FakeRoomClient implements StayClient {
  readonly #listeners = new Set<(event: RoomEvent) => void>();
  readonly calls: string[] = [];
  #texts = 0;

  tell(event: RoomEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Taken by the server and let in. */
  letIn(): void {
    const options = { suite: 2, history: 0 as const, ttlSeconds: 3_600, max: 1_000 };
    this.tell({ type: 'invitation', invitation: INVITATION, options });
    this.tell({ type: 'membership', membership: { step: 'active', epoch: 0, foundedAnew: false } });
  }

  /** News of a text of ours, by its number. */
  outcome(number: number, change: Partial<ChatMessage>): void {
    this.tell({ type: 'message', message: { ...textOf(number), ...change } });
  }

  async create(): Promise<Invitation> {
    return INVITATION;
  }

  async join(): Promise<Invitation> {
    return INVITATION;
  }

  async send(): Promise<ChatMessage> {
    return textOf(++this.#texts);
  }

  async attach(): Promise<ChatMessage> {
    return textOf(++this.#texts);
  }

  async download(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array([1, 2, 3]);
  }

  async leave(): Promise<void> {
    this.calls.push('leave');
    this.tell({ type: 'connection', connection: { state: 'closed', code: 'LEFT' } });
  }

  async keepAlive(): Promise<void> {
    this.calls.push('keepAlive');
  }

  subscribe(listener: (event: RoomEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

const textOf = (number: number): ChatMessage => ({
  ...{ id: `text-${number}`, mid: '00', name: 'Ada', own: true, text: 'hello' },
  ...{ sentAt: 0, expiresAt: 1, state: 'sending', reactions: [] },
});
