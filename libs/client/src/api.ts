/**
 * What a user of the SDK sees. The same interface is served in process (Node, tests) and through a dedicated worker
 * (browser). All times are milliseconds of the caller's own clock.
 */
import type { ClientErrorCode } from './errors.ts';

export interface RoomClient {
  /**
   * Makes a code and a room. Resolves with the invitation once the server has the room; founding the group follows
   * as `membership` events.
   * @throws {ClientError} ERR_OFFLINE, ERR_RATE, ERR_ORIGIN, ERR_VERSION, ERR_CLOSED.
   */
  create(options: CreateOptions): Promise<Invitation>;
  /**
   * Joins by code; never creates. Resolves once the server has taken the request; admission follows as events.
   * @throws {ClientError} ERR_CODE, ERR_ROOM_NOT_FOUND, ERR_GATE, ERR_LOCKED, ERR_FULL, ERR_RATE, ERR_BUSY,
   * ERR_KDF_WEAK, ERR_OFFLINE, ERR_CLOSED. The client can be used for another try.
   */
  join(options: JoinOptions): Promise<Invitation>;
  /** What can be known before joining. @throws {ClientError} ERR_CODE, ERR_OFFLINE, ERR_RATE. */
  peek(code: string): Promise<RoomPeek>;
  /**
   * Queues text and resolves with the local message at once (state `sending`).
   * @throws {ClientError} ERR_TEXT_EMPTY, ERR_TEXT_TOO_LONG, ERR_QUEUE_FULL (50 waiting), ERR_FORK, ERR_CLOSED;
   * ERR_MESSAGE_GONE (what it answers is not here any more, or not in the log yet).
   */
  send(text: string, options?: SendOptions): Promise<ChatMessage>;
  /**
   * Gives an own message another text. It shows at once, and is taken back when the room refuses it (`change`).
   * @throws {ClientError} as `send`, and ERR_POLICY (somebody else's, a file, or one's own from before coming back
   * as a new member).
   */
  edit(messageId: string, text: string): Promise<void>;
  /** Takes an own message back: an empty place stays until its time is over. @throws {ClientError} as `edit`. */
  remove(messageId: string): Promise<void>;
  /** Gives a reaction, or takes it back. @throws {ClientError} as `send`, and ERR_FORMAT (not one emoji). */
  react(messageId: string, emoji: string, on: boolean): Promise<void>;
  /**
   * Sends a file, which is handed over with this call: resolves with the local message at once (state `sending`). It is
   * encrypted, given to the server chunk by chunk (`transfer` events), and the message goes out when all of it is there.
   * `discard` cancels, `retry` goes on after a failure.
   * @throws {ClientError} ERR_FILE_EMPTY, ERR_BLOB_TOO_LARGE (25 MB; a server's own limit shows later, as a failed message),
   * ERR_FORK, ERR_CLOSED.
   */
  attach(file: FileToSend): Promise<ChatMessage>;
  /**
   * The file of a message, verified against what its sender has signed.
   * @throws {ClientError} ERR_MESSAGE_GONE, ERR_BLOB_NOT_FOUND, ERR_FILE_DAMAGED, ERR_CANCELLED, ERR_CLOSED.
   */
  download(messageId: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Whoever waits for the file gets ERR_CANCELLED. */
  cancelDownload(messageId: string): Promise<void>;
  /** The person is typing: told to the others encrypted, at most every 3 s, and believed for 6 s. */
  typing(): Promise<void>;
  /** Puts a failed message back at the end of the queue. */
  retry(messageId: string): Promise<void>;
  /** Takes away a message that failed, or a file that is on its way. */
  discard(messageId: string): Promise<void>;
  /** After `closed` by attempts, while waiting, or when nobody let us in: tries now. */
  reconnect(): Promise<void>;
  /** An act of the person that keeps the session: the answer to the EXPIRING notice. */
  keepAlive(): Promise<void>;
  /**
   * Removes a member; the keys and the link change with it. Resolves when the room has taken the change.
   * @param mid as in `Member`
   * @throws {ClientError} ERR_POLICY (not allowed here), ERR_NOT_MEMBER (nobody with this id), ERR_OFFLINE, ERR_BUSY,
   * ERR_CLOSED.
   */
  kick(mid: string): Promise<void>;
  /**
   * Lets somebody in who asks, in a room whose members decide by hand. Resolves at once; it is done when the member
   * appears.
   * @param id as in `Knocker`
   * @throws {ClientError} ERR_NOT_MEMBER (nobody of this id asks any more), ERR_UNSUPPORTED (not in the room), ERR_CLOSED.
   */
  admit(id: string): Promise<void>;
  /** Does not let somebody in; other members still may. @throws {ClientError} as `admit` */
  refuse(id: string): Promise<void>;
  /** What to compare over another channel. @throws {ClientError} ERR_CLOSED, ERR_UNSUPPORTED (not in the room yet). */
  safety(): Promise<Safety>;
  /** The person has compared a member's fingerprint, or takes that back. Kept for this stay only. */
  verify(mid: string, yes: boolean): Promise<void>;
  /** The person has read a FORK or STALE alarm and sends all the same. */
  resumeSending(): Promise<void>;
  /** Leaves, erases every key and text, ends. Idempotent; the client can't be used afterwards. */
  leave(): Promise<void>;
  subscribe(listener: (event: RoomEvent) => void): () => void;
}

export interface CreateOptions {
  name?: string;
  password?: string;
  /** Message life; 3,600 s unless told. */
  ttlSeconds?: number;
  suite?: 1 | 2;
  /** Whether those who come later can read what is still alive: `ttl` (unless told) or `none`. */
  history?: 'ttl' | 'none';
  /** Who is let in: `open` (unless told): whoever has the link; `approve`: whom a member lets in by hand. */
  newcomers?: 'open' | 'approve';
  /** Who may remove others: the `owner` unless told. */
  kick?: 'nobody' | 'owner' | 'anybody';
}

export interface SendOptions {
  /** The id of the message that this one answers. */
  replyTo?: string;
}

export interface FileToSend {
  data: Uint8Array | Blob;
  name: string;
  mediaType: string;
  /** A small image of it, at most 14 KiB. */
  preview?: Uint8Array | undefined;
  /** Of an image, in pixels. */
  width?: number | undefined;
  height?: number | undefined;
}

/** A file as its sender describes it: hints, not facts. `name` is safe to show and to save under. */
export interface Attachment {
  name: string;
  mediaType: string;
  /** In bytes; this one is a fact. */
  size: number;
  width?: number | undefined;
  height?: number | undefined;
  preview?: Uint8Array<ArrayBuffer> | undefined;
}

/** How far a file is on its way to the server or from it, in chunks. */
export interface Transfer {
  id: string;
  direction: 'up' | 'down';
  done: number;
  total: number;
}

export interface JoinOptions {
  code: string;
  name?: string;
  password?: string;
}

export interface Invitation {
  /** 32 characters without separators. */
  code: string;
  hasPassword: boolean;
  ttlSeconds: number;
}

export interface RoomPeek {
  exists: boolean;
  members: number;
  capacity: number;
  password: boolean;
  /** How long an empty room still lives; 0 while somebody is in it. */
  expiresInMs: number;
  ttlSeconds: number;
}

export type ConnectionState =
  | { state: 'idle' }
  | { state: 'connecting'; attempt: number }
  | { state: 'online' }
  /** The transport is up again; the session is being resumed and gaps are filled. */
  | { state: 'recovering' }
  /** `code`: why the server refused the last connection, if it said so (ERR_RATE, ERR_BUSY). */
  | { state: 'waiting'; attempt: number; retryAt: number; code?: ClientErrorCode }
  | { state: 'closed'; code: CloseCode };

export type CloseCode =
  | 'LEFT'
  | 'EXPIRED'
  | 'REPLACED'
  | 'KICKED'
  /** Every try failed; `reconnect` starts again. The only close that can be undone. */
  | 'ATTEMPTS'
  /** The room's history can't be vouched for any more: start again. */
  | 'GENERATION'
  | 'ROOM_GONE'
  | 'REMOVED'
  | 'PROTOCOL'
  | 'REFUSED';

/** The steps until one can write. */
export type Membership =
  | { step: 'none' }
  /** Keys are being made. */
  | { step: 'keys' }
  | { step: 'founding' }
  /** For a member who lets us in. */
  | { step: 'waiting'; since: number }
  /** 60 s, and nobody could: offer `reconnect`. */
  | { step: 'unanswered' }
  /** `foundedAnew`: came by link into an empty room; earlier messages can't be read. */
  | { step: 'active'; epoch: number; foundedAnew: boolean };

export interface Member {
  /** Hex. */
  mid: string;
  idx: number;
  name: string;
  self: boolean;
  owner: boolean;
  present: boolean;
}

export interface ChatMessage {
  id: string;
  mid: string;
  name: string;
  own: boolean;
  text: string;
  sentAt: number;
  expiresAt: number;
  /** `sent`: the server has numbered it. `delivered`: another member has acknowledged to have seen it. */
  state: 'sending' | 'sent' | 'delivered' | 'failed';
  error?: ClientErrorCode;
  /** It is a file; the text is empty. */
  attachment?: Attachment;
  /** Its author has changed the text. */
  edited?: boolean;
  /** Its author has taken it back; the text is empty. */
  deleted?: boolean;
  /** It answers another message; `id` as long as that is here. */
  replyTo?: { id?: string };
  /** In the order of their first use. */
  reactions: Reaction[];
  /** What became of the latest change of an own message; absent when the room has it. */
  change?: 'sending' | 'failed';
}

export interface Reaction {
  emoji: string;
  /** Whether one has given it oneself. */
  own: boolean;
  /** Each member once; `name`: what it was called then. */
  by: { mid: string; name: string }[];
}

export type SystemLine = { id: string; at: number } & (
  | { kind: 'joined' | 'left' | 'timeout' | 'kicked'; mid: string; name: string }
  /** Somebody bears the name of another member, with another key. */
  | { kind: 'sameName'; mid: string; name: string }
  /** The link that was given out so far opens the room no more. */
  | { kind: 'linkChanged' }
  /** The room has new keys from the ground up: its members could not agree any more. */
  | { kind: 'reinit' }
  | { kind: 'founded' }
  | { kind: 'foundedAnew' }
  /** Away for too long: came back as a new member, who reads of the time in between what the room hands on. */
  | { kind: 'rejoined' }
  | { kind: 'renamed'; mid: string; name: string; before: string }
  | { kind: 'gap'; missing: number }
  | { kind: 'unreadable'; code: string }
);

export type RoomEvent =
  | { type: 'connection'; connection: ConnectionState }
  | { type: 'membership'; membership: Membership }
  | {
      type: 'invitation';
      invitation: Invitation;
      options: { suite: number; history: 0 | 1; ttlSeconds: number; max: number };
    }
  | { type: 'members'; members: Member[] }
  /** New or changed, by id. */
  | { type: 'message'; message: ChatMessage }
  | { type: 'transfer'; transfer: Transfer }
  /** Take these off the screen. */
  | { type: 'expired'; ids: string[] }
  | { type: 'system'; line: SystemLine }
  | {
      type: 'notice';
      code: 'EXPIRING' | 'DRAINING' | 'SLOW' | 'EXPIRED' | 'REPLACED' | 'KICKED';
      retryAfterMs?: number;
    }
  | ({ type: 'alarm' } & Alarm)
  /** What an alarm spoke of is over: somebody has proved to see the same, or the keys are new. */
  | { type: 'alarmEnded'; code: 'STALE' }
  /** Who is typing now, of the others. */
  | { type: 'typing'; mids: string[] }
  /** Who asks to be let in, where members decide by hand; all of them each time. */
  | { type: 'knocking'; people: Knocker[] }
  | { type: 'security'; security: Security };

/**
 * FORK: members have seen different sequences; sending is stopped. STALE: nobody has proved for a while to see what we
 * see; sending waits. GAP: messages are missing. REPLAY: something that was read before came again and was refused.
 */
export type Alarm =
  /** `by`: who has seen another sequence; without it, the server shows another past than the members saw. */
  | { code: 'FORK'; by?: Named }
  /** `missing` messages of `by`; without both, the server has nothing for places that it names. */
  | { code: 'GAP'; missing?: number; by?: Named }
  /** `since`: when somebody last proved to see the same (`silence`), or when the keys should have been renewed (`oldKeys`). */
  | { code: 'STALE'; cause: 'silence' | 'oldKeys'; since: number }
  | { code: 'REPLAY' };

export type AlarmCode = Alarm['code'];

/** Somebody who has the link (and the password) and waits to be let in. Its name is that of its key until it is in. */
export interface Knocker {
  id: string;
  /** What it will have as a member. */
  mid: string;
  name: string;
  since: number;
}

/** A member as it was called at that time. */
export interface Named {
  mid: string;
  name: string;
}

/** What protects the room at present. */
export interface Security {
  epoch: number;
  /** 1: those who come later can read what is still alive. */
  history: 0 | 1;
  ttlSeconds: number;
  /** Of the other members: how many have proved of late that they see the same room, and when the last one did. */
  inSync: { members: number; of: number; lastProofAt?: number };
  /** Of the other members: how many fingerprints the person has compared. */
  verified: { members: number; of: number };
  canKick: boolean;
  suite: number;
}

export interface Safety {
  /** Twelve words: the same for all exactly when all are in the same group with the same keys. */
  words: string[];
  /** The same and more, as the text of a QR code. */
  qr: string;
  /** `fingerprint`: 60 digits in groups of five. */
  members: { mid: string; fingerprint: string; verified: boolean }[];
}

export interface Endpoint {
  /** Origin of the gateway, such as `location.origin`. */
  url: string;
}
