/** Bytes are hexadecimal in all of this. */

/** A member from whose side the room can be followed: what it holds, and what it was given. */
export interface RecordedObserver {
  idx: number;
  /** The invite that it came by. */
  link_secret: string;
  key_package: string;
  signing_pkcs8: string;
  /** Its leaf keys, in the order of their key updates: number 0 are those of the key package. */
  leaves: { ku_seq: number; rsa_pkcs8: string; dh_pkcs8: string | null; key_update: string | null }[];
  /** The item that let it in. */
  joined_at: number;
  welcome: { kph: string; wrap: string; tag: string; bundle: string };
}

/** Where everybody who follows stands after an item. */
export interface RecordedState {
  epoch: number;
  authenticator: string;
  transcript: string;
  /** idx of each member. */
  members: number[];
  owner: number;
}

interface RecordedItem {
  seq: number;
  bytes: string;
}

export interface RecordedCommit extends RecordedItem {
  kind: 'commit';
  what: string;
  /** For observers who were members before; only where the keys are renewed. */
  wraps: Record<string, { wrap: string; tag: string }>;
  after: RecordedState;
  /** The invite from now on, where it changed. */
  new_code: string | null;
}

export interface RecordedMessage extends RecordedItem {
  kind: 'message';
  what: string;
  opened: {
    idx: number;
    ctr: number;
    ctype: number;
    sent_ms: number;
    ttl: number;
    sctr: number;
    ku_seq: number;
    seq_ack: number;
    body: string;
  };
  transcript: string;
}

/** A room from its first commit on, as its server has it, with what two of its members hold. */
export interface RecordedRoom {
  about: string;
  suite: 1 | 2;
  /** Of the first invite. */
  link_secret: string;
  code: string;
  rid0: string;
  gid: string;
  params: string;
  observers: Record<'ben' | 'dora', RecordedObserver>;
  items: (RecordedCommit | RecordedMessage)[];
  nack: {
    bytes: string;
    idx: number;
    epoch: number;
    commit_id: string;
    code: 'UNWRAP' | 'CONFIRM' | 'FORMAT';
  };
  /** What dora can read of the time before she came. */
  history: { from: number; to: number; seqs: number[] };
  safety: { words: string[]; code: string; fingerprint_of_ben: string };
}
