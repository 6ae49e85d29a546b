import {
  DEFAULT_MESSAGE_TTL_SECONDS,
  MIN_KDF_ITERATIONS,
  type RoomJoined,
  type RoomOptions,
} from '@bytechat/protocol';
import {
  createInviteCode,
  decodeInviteCode,
  deriveInvite,
  deriveRid,
  webCryptoKeySource,
  type Invite,
  type KeySource,
  type PasswordStretch,
  type RotationPassword,
} from '@bytechat/crypto';
import type {
  ChatMessage,
  CreateOptions,
  Endpoint,
  FileToSend,
  Invitation,
  JoinOptions,
  RoomClient,
  RoomEvent,
  RoomPeek,
  Safety,
  SendOptions,
} from './api.ts';
import { systemClock, type Clock } from './clock.ts';
import { ClientError, typed } from './errors.ts';
import { fetchRoomInfo, type RoomInfoSource } from './info.ts';
import { cleanName } from './names.ts';
import { systemRandom, type Random } from './random.ts';
import type { Intent } from './session/arrival.ts';
import { DEFAULT_RULES, type GroupRules } from './session/entry.ts';
import { RoomSession } from './session/room-session.ts';
import { socketIoTransport } from './socket-io-transport.ts';
import type { TransportFactory } from './transport.ts';

export interface RoomClientDeps {
  endpoint: Endpoint;
  transport?: TransportFactory;
  clock?: Clock;
  random?: Random;
  keySource?: KeySource;
  info?: RoomInfoSource;
}

/** Members a room may have (the seed's figure). */
const CAPACITY = 1_000;
const DEFAULT_SUITE = 2;
const NO_STRETCH: PasswordStretch = { kdf: 0, iter: 0 };

/** The SDK, in process: Node, tests, and inside the worker. */
export function createRoomClient(deps: RoomClientDeps): RoomClient {
  return new InProcessRoomClient({
    transport: socketIoTransport('sdk'),
    clock: systemClock,
    random: systemRandom,
    keySource: webCryptoKeySource,
    info: fetchRoomInfo,
    ...deps,
  });
}

interface Entry {
  code: string;
  invite: Invite;
  intent: Intent;
  suite: 1 | 2;
  /** Undefined where the room decides. */
  rules: GroupRules | undefined;
  password: RotationPassword | undefined;
  name: string | undefined;
}

class InProcessRoomClient implements RoomClient {
  readonly #deps: Required<RoomClientDeps>;
  readonly #listeners = new Set<(event: RoomEvent) => void>();
  #session: RoomSession | undefined;
  #busy = false;
  #left = false;

  constructor(deps: Required<RoomClientDeps>) {
    this.#deps = deps;
  }

  create(options: CreateOptions): Promise<Invitation> {
    return this.#begin(() => this.#prepareCreate(options));
  }

  join(options: JoinOptions): Promise<Invitation> {
    return this.#begin(() => this.#prepareJoin(options));
  }

  async peek(code: string): Promise<RoomPeek> {
    try {
      const linkSecret = await decodeInviteCode(code);
      const rid = await deriveRid(linkSecret);
      linkSecret.fill(0);
      const info = await this.#deps.info(this.#deps.endpoint, rid);
      const { exists, members, capacity, password, expiresInMs, ttl_s: ttlSeconds } = info;
      return { exists, members, capacity, password, expiresInMs, ttlSeconds };
    } catch (error) {
      throw typed(error);
    }
  }

  async send(text: string, options?: SendOptions): Promise<ChatMessage> {
    return this.#open().send(text, options);
  }

  async edit(messageId: string, text: string): Promise<void> {
    this.#open().chat.edit(messageId, text);
  }

  async remove(messageId: string): Promise<void> {
    this.#open().chat.remove(messageId);
  }

  async react(messageId: string, emoji: string, on: boolean): Promise<void> {
    this.#open().chat.react(messageId, emoji, on);
  }

  async attach(file: FileToSend): Promise<ChatMessage> {
    return this.#open().chat.attachFile(file);
  }

  async download(messageId: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#open().chat.download(messageId);
  }

  async cancelDownload(messageId: string): Promise<void> {
    this.#open().chat.cancelDownload(messageId);
  }

  async typing(): Promise<void> {
    this.#open().chat.typing();
  }

  async retry(messageId: string): Promise<void> {
    this.#open().chat.retry(messageId);
  }

  async discard(messageId: string): Promise<void> {
    this.#open().chat.discard(messageId);
  }

  async reconnect(): Promise<void> {
    this.#open().reconnect();
  }

  async keepAlive(): Promise<void> {
    this.#open().chat.keepAlive();
  }

  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    if (this.#session && !this.#session.ended) await this.#session.leave();
    else this.#emit({ type: 'connection', connection: { state: 'closed', code: 'LEFT' } });
  }

  async kick(mid: string): Promise<void> {
    await this.#open().kick(mid);
  }

  async admit(id: string): Promise<void> {
    this.#open().decide(id, true);
  }

  async refuse(id: string): Promise<void> {
    this.#open().decide(id, false);
  }

  async safety(): Promise<Safety> {
    try {
      return await this.#open().safety();
    } catch (error) {
      throw typed(error);
    }
  }

  async verify(mid: string, yes: boolean): Promise<void> {
    this.#open().chat.security.verify(mid, yes);
  }

  async resumeSending(): Promise<void> {
    this.#open().chat.resumeSending();
  }

  subscribe(listener: (event: RoomEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #requireNotLeft(): void {
    if (this.#left) throw new ClientError('ERR_CLOSED');
  }

  /** One stay at a time. One that failed or has ended leaves the client ready for another. */
  async #begin(prepare: () => Promise<Entry>): Promise<Invitation> {
    this.#requireNotLeft();
    if (this.#busy && !this.#session?.ended) throw new ClientError('ERR_UNSUPPORTED');
    this.#busy = true;
    this.#emit({ type: 'membership', membership: { step: 'keys' } });
    try {
      return await this.#enter(await prepare());
    } catch (error) {
      this.#session = undefined;
      this.#busy = false;
      this.#backToStart();
      throw typed(error);
    }
  }

  #backToStart(): void {
    if (this.#left) return;
    this.#emit({ type: 'connection', connection: { state: 'idle' } });
    this.#emit({ type: 'membership', membership: { step: 'none' } });
  }

  async #enter({ code, invite, intent, suite, rules, password, name }: Entry): Promise<Invitation> {
    this.#requireNotLeft();
    const emit = (event: RoomEvent): void => this.#emit(event);
    let invitation: Invitation = { code, hasPassword: password !== undefined, ttlSeconds: 0 };
    let options = { suite, history: (rules ?? DEFAULT_RULES).history, ttlSeconds: 0, max: CAPACITY };
    const show = (changed: Partial<Invitation>): void => {
      invitation = { ...invitation, ...changed };
      emit({ type: 'invitation', invitation, options });
    };
    const taken = ({ options: { maxima } }: RoomJoined): void => {
      const { ttl_s: ttlSeconds, max } = maxima;
      options = { ...options, ttlSeconds, max };
      show({ ttlSeconds });
    };
    const linkChanged = (changed: string): void => show({ code: changed });
    const entered = (handedOn: 0 | 1): void => {
      if (handedOn === options.history) return;
      options = { ...options, history: handedOn };
      show({});
    };
    const input = { intent, invite, suite, rules, password, name, taken, linkChanged, entered };
    const session = new RoomSession({ ...this.#deps, emit }, input);
    this.#session = session;
    await session.start();
    return invitation;
  }

  async #prepareCreate(options: CreateOptions): Promise<Entry> {
    const { password, ttlSeconds = DEFAULT_MESSAGE_TTL_SECONDS, suite = DEFAULT_SUITE } = options;
    const stretch: PasswordStretch = password ? { kdf: 1, iter: MIN_KDF_ITERATIONS } : NO_STRETCH;
    const code = await createInviteCode();
    const invite = await inviteOf(code, password, stretch);
    const maxima = { ttl_s: ttlSeconds, max: CAPACITY };
    const roomOptions: RoomOptions = { suite, ...stretch, maxima };
    const name = cleanName(options.name ?? '');
    const kept = password ? { password, stretch } : undefined;
    const intent = { op: 'create' as const, options: roomOptions };
    return { code, invite, intent, suite, rules: rulesOf(options), password: kept, name };
  }

  async #prepareJoin({ code, password, name }: JoinOptions): Promise<Entry> {
    const linkSecret = await decodeInviteCode(code);
    const info = await this.#deps.info(this.#deps.endpoint, await deriveRid(linkSecret));
    linkSecret.fill(0);
    if (!info.exists) throw new ClientError('ERR_ROOM_NOT_FOUND');
    if (info.suite !== 1 && info.suite !== 2) throw new ClientError('ERR_SUITE');
    if (info.kdf !== 0 && info.kdf !== 1) throw new ClientError('ERR_KDF_WEAK');
    const hasPassword = info.kdf !== 0;
    if (hasPassword && !password) throw new ClientError('ERR_GATE');
    const stretch: PasswordStretch = hasPassword ? { kdf: 1, iter: info.iter } : NO_STRETCH;
    const invite = await inviteOf(code, hasPassword ? password : undefined, stretch);
    return {
      code: canonicalCode(code),
      invite,
      intent: { op: 'join' },
      suite: info.suite,
      rules: undefined,
      password: hasPassword && password ? { password, stretch } : undefined,
      name: cleanName(name ?? ''),
    };
  }

  #open(): RoomSession {
    if (!this.#session || this.#session.ended || this.#left) throw new ClientError('ERR_CLOSED');
    return this.#session;
  }

  #emit(event: RoomEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

const KICK = { nobody: 0, owner: 1, anybody: 2 } as const;

const rulesOf = ({ history, newcomers, kick = 'owner' }: CreateOptions): GroupRules => ({
  history: history === 'none' ? 0 : 1,
  join: newcomers === 'approve' ? 1 : 0,
  kick: KICK[kick],
});

async function inviteOf(
  code: string,
  password: string | undefined,
  stretch: PasswordStretch,
): Promise<Invite> {
  const linkSecret = await decodeInviteCode(code);
  try {
    return await deriveInvite(linkSecret, password, stretch);
  } finally {
    linkSecret.fill(0);
  }
}

/** The 32 characters of a valid code, however it was typed (PROTOCOL §6.3). */
const canonicalCode = (code: string): string =>
  code.replace(/[-\s]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
