import type { Bytes } from './bytes.ts';
import type { Acknowledgement, NoticeCode } from './codes.ts';
import type { ClientEventPayload, Position, RemoveReason, RoomOptions } from './schemas.ts';

/** The newest position of a room and the key epoch it is in. */
export interface Head extends Position {
  epoch: number;
}

/** A member as the server knows one: no name, no role. */
export interface MemberEntry {
  idx: number;
  mid: Bytes;
  /** False when the presence lease has run out: shown as away, still a member. */
  present: boolean;
}

/** The newest key update of the member in a slot. */
export interface KeyUpdate {
  idx: number;
  bytes: Bytes;
}

/** One entry of the room log, as `sync_room` answers it, in ascending seq without holes. */
export type LogItem =
  | { kind: 'message'; seq: number; at: number; env: Bytes }
  | { kind: 'commit'; seq: number; epoch: number; frame: Bytes; wrap?: { wrap: Bytes; tag: Bytes } }
  /** The bytes are gone (expired, trimmed or ephemeral); their SHA-256 keeps the transcript whole. */
  | { kind: 'hash'; seq: number; hash: Bytes };

/**
 * `room_joined`: emitted on the joiner's own socket directly before the acknowledgement of `join_room`.
 * - `created`: the room has no group now; the receiver founds one with `share_session_key {kind:'found'}`.
 * - `pending`: the key package waits for a member's commit.
 * - `active`: resumed; the caller is a member and continues with `sync_room`.
 */
export interface RoomJoined {
  state: 'created' | 'pending' | 'active';
  /** The room's first rid: what member ids are derived from. */
  rid0: Bytes;
  head: Head;
  members: MemberEntry[];
  options: RoomOptions;
  /** The server's clock, in ms since 1970. */
  serverTime: number;
}

export interface ServerToClient {
  user_connected: { challenge: Bytes; serverTime: number; version: number };
  room_joined: RoomJoined;
  /** `pending`: a newcomer asks to be let in. The others are informational; only signed commits change the roster. */
  user_joined:
    | { kind: 'pending'; kp: Bytes }
    | { kind: 'joined'; idx: number; mid: Bytes }
    | { kind: 'present'; idx: number; mid: Bytes };
  user_left: { kind: 'left' | 'away' | 'removed'; idx: number; mid: Bytes; reason?: RemoveReason };
  new_message: { generation: number; seq: number; at: number; env: Bytes };
  session_key_received:
    | {
        kind: 'commit';
        generation: number;
        seq: number;
        epoch: number;
        frame: Bytes;
        wrap?: { wrap: Bytes; tag: Bytes };
      }
    | {
        kind: 'welcome';
        generation: number;
        seq: number;
        epoch: number;
        idx: number;
        kph: Bytes;
        commitId: Bytes;
        frame: Bytes;
        wrap: Bytes;
        tag: Bytes;
        /** Parts of the group info, fetched one by one with `share_session_key {kind:'group_info'}`. */
        groupInfoParts: number;
      }
    /** A member says that it can't follow a commit (PROTOCOL §6.17); who it is stands in the bytes. */
    | { kind: 'nack'; bytes: Bytes };
  /**
   * Position beacon on idle rooms: heals a lost last hint. After a REINIT it is sent at once, with the new generation
   * and seq 0.
   */
  room_head: Position;
  server_notice: { code: NoticeCode; retryAfterMs?: number };
  signal: { idx: number; bytes: Bytes };
}

export type ServerEventName = keyof ServerToClient;

/** What each client event is acknowledged with when it is accepted. */
export interface AckBodies {
  join_room: object;
  share_session_key: {
    /** found, commit: where the room stands afterwards. */
    generation?: number;
    seq?: number;
    epoch?: number;
    /** found: the caller's slot and member id. */
    idx?: number;
    mid?: Bytes;
    /** group_info: one part. */
    bytes?: Bytes;
    /** ku_get: key updates in ascending slots; with `more`, ask again from the slot after the last one. */
    updates?: KeyUpdate[];
    more?: boolean;
  };
  send_message: { generation: number; seq: number; at: number };
  sync_room:
    | {
        recovered: true;
        head: Head;
        items: LogItem[];
        more: boolean;
        /**
         * When the head's generation carries on the one that was asked from (PROTOCOL decision 10): the last position
         * they share. The caller goes on in the head's generation from where it is.
         */
        base?: Position;
      }
    | { recovered: false; head: Head };
  leave_room: object;
  signal: object;
  /** The first chunk that is missing still: as many as there are when the file is complete. */
  blob_put: { missing: number };
  blob_get: { bytes: Bytes };
}

export type ClientToServer = {
  [E in keyof AckBodies]: (
    payload: ClientEventPayload<E>,
    ack: (answer: Acknowledgement<AckBodies[E]>) => void,
  ) => void;
};

/** `GET /api/room/:rid/info`; an unknown rid gets the same shape. */
export interface RoomInfo {
  exists: boolean;
  members: number;
  capacity: number;
  password: boolean;
  /** Milliseconds an empty room still lives; 0 while somebody is in it. */
  expiresInMs: number;
  suite: number;
  kdf: number;
  iter: number;
  ttl_s: number;
}
