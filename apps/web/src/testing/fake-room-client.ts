import {
  type ChatMessage,
  ClientError,
  type ClientErrorCode,
  type CreateOptions,
  type FileToSend,
  type Invitation,
  type JoinOptions,
  type RoomEvent,
  type RoomPeek,
  type Safety,
  type SendOptions,
} from '@bytechat/client';
import type { RoomClientHandle } from '../app/session/room-client-factory.ts';

export const A_CODE = '7K3F9QX2M8VBT4ND0RJH5WCZ6GPSAE1Y';
export const AN_INVITATION: Invitation = { code: A_CODE, hasPassword: false, ttlSeconds: 3_600 };
export const A_ROOM: RoomPeek = {
  exists: true,
  members: 2,
  capacity: 1_000,
  password: false,
  expiresInMs: 0,
  ttlSeconds: 3_600,
};

export const SAFE: Safety = {
  words: ['able', 'bird', 'coin', 'dawn', 'echo', 'fern', 'gold', 'harp', 'iris', 'jazz', 'kite', 'lamp'],
  qr: 'BC1-MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OQ',
  members: [],
};

/** A room client without keys or network: it says what it is told to say and remembers what was asked of it. */
export class FakeRoomClient implements RoomClientHandle {
  readonly calls: { verb: string; argument?: unknown }[] = [];
  invitation = AN_INVITATION;
  room = A_ROOM;
  /** The next calls of these verbs are refused. */
  readonly refusals = new Map<string, { code: ClientErrorCode; retryAfterMs?: number }>();
  safe = SAFE;
  /** What every message's file consists of. */
  file = new Uint8Array([1, 2, 3]);
  terminated = false;
  readonly #listeners = new Set<(event: RoomEvent) => void>();
  #sent = 0;

  create(options: CreateOptions): Promise<Invitation> {
    return this.#answer('create', options, this.invitation);
  }
  join(options: JoinOptions): Promise<Invitation> {
    return this.#answer('join', options, this.invitation);
  }
  peek(code: string): Promise<RoomPeek> {
    return this.#answer('peek', code, this.room);
  }
  async send(text: string, { replyTo }: SendOptions = {}): Promise<ChatMessage> {
    const answer = replyTo === undefined ? {} : { replyTo: { id: replyTo } };
    const message = aMessage({
      id: `own ${(this.#sent += 1)}`,
      own: true,
      text,
      state: 'sending',
      ...answer,
    });
    await this.#answer('send', replyTo === undefined ? text : { text, replyTo }, undefined);
    this.emit({ type: 'message', message });
    return message;
  }
  edit(messageId: string, text: string): Promise<void> {
    return this.#answer('edit', { messageId, text }, undefined);
  }
  remove(messageId: string): Promise<void> {
    return this.#answer('remove', messageId, undefined);
  }
  react(messageId: string, emoji: string, on: boolean): Promise<void> {
    return this.#answer('react', { messageId, emoji, on }, undefined);
  }
  async attach({ data, name, mediaType, width, height, preview }: FileToSend): Promise<ChatMessage> {
    const size = data instanceof Blob ? data.size : data.length;
    const attachment = { name, mediaType, size, width, height, preview: preview && new Uint8Array(preview) };
    const id = `own ${(this.#sent += 1)}`;
    const message = aMessage({ id, own: true, text: '', state: 'sending', attachment });
    await this.#answer('attach', { data, name, mediaType, width, height, preview }, undefined);
    this.emit({ type: 'message', message });
    return message;
  }
  download(messageId: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#answer('download', messageId, this.file);
  }
  cancelDownload(messageId: string): Promise<void> {
    return this.#answer('cancelDownload', messageId, undefined);
  }
  typing(): Promise<void> {
    return this.#answer('typing', undefined, undefined);
  }
  retry(messageId: string): Promise<void> {
    return this.#answer('retry', messageId, undefined);
  }
  discard(messageId: string): Promise<void> {
    return this.#answer('discard', messageId, undefined);
  }
  reconnect(): Promise<void> {
    return this.#answer('reconnect', undefined, undefined);
  }
  keepAlive(): Promise<void> {
    return this.#answer('keepAlive', undefined, undefined);
  }
  kick(mid: string): Promise<void> {
    return this.#answer('kick', mid, undefined);
  }
  admit(id: string): Promise<void> {
    return this.#answer('admit', id, undefined);
  }
  refuse(id: string): Promise<void> {
    return this.#answer('refuse', id, undefined);
  }
  safety(): Promise<Safety> {
    return this.#answer('safety', undefined, this.safe);
  }
  verify(mid: string, yes: boolean): Promise<void> {
    const marked = this.safe.members.map((member) =>
      member.mid === mid ? { ...member, verified: yes } : member,
    );
    this.safe = { ...this.safe, members: marked };
    return this.#answer('verify', { mid, yes }, undefined);
  }
  resumeSending(): Promise<void> {
    return this.#answer('resumeSending', undefined, undefined);
  }
  leave(): Promise<void> {
    return this.#answer('leave', undefined, undefined);
  }
  terminate(): void {
    this.terminated = true;
  }

  subscribe(listener: (event: RoomEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(...events: readonly RoomEvent[]): void {
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }

  /** Everything that comes before one can write. */
  letIn(): void {
    this.emit(
      { type: 'connection', connection: { state: 'online' } },
      {
        type: 'invitation',
        invitation: this.invitation,
        options: { suite: 2, history: 0, ttlSeconds: this.invitation.ttlSeconds, max: 1_000 },
      },
      { type: 'membership', membership: { step: 'active', epoch: 1, foundedAnew: false } },
    );
  }

  asked(verb: string): readonly unknown[] {
    return this.calls.filter((call) => call.verb === verb).map((call) => call.argument);
  }

  async #answer<T>(verb: string, argument: unknown, value: T): Promise<T> {
    this.calls.push({ verb, argument });
    const refusal = this.refusals.get(verb);
    if (!refusal) return value;
    this.refusals.delete(verb);
    throw new ClientError(refusal.code, { retryAfterMs: refusal.retryAfterMs });
  }
}

export function aMessage(changes: Partial<ChatMessage> = {}): ChatMessage {
  const sentAt = changes.sentAt ?? Date.UTC(2026, 4, 4, 12);
  return {
    id: 'm1',
    mid: 'a1b2c3',
    name: 'Quiet Heron',
    own: false,
    text: 'hello',
    sentAt,
    expiresAt: sentAt + 3_600_000,
    state: 'sent',
    reactions: [],
    ...changes,
  };
}
