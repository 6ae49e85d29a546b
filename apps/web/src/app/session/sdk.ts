import type * as sdk from '@bytechat/client';

/** What the room's members do and see beyond the foundation, under the names the SDK gives them. */
export type CreateOptions = sdk.CreateOptions & { history?: 'ttl' | 'none' };
export type ChatMessage = Omit<sdk.ChatMessage, 'state'> & { state: sdk.ChatMessage['state'] | 'delivered' };
export type SystemLine =
  | sdk.SystemLine
  | ({ id: string; at: number } & (
      { kind: 'kicked' | 'sameName'; mid: string; name: string } | { kind: 'linkChanged' | 'reinit' }
    ));
export interface Security {
  epoch: number;
  history: 0 | 1;
  ttlSeconds: number;
  /** Of the other members: how many have proved within the freshness window that they see the same room. */
  inSync: { members: number; of: number; lastProofAt?: number };
  verified: { members: number; of: number };
  canKick: boolean;
  suite: number;
}
export interface Safety {
  words: string[];
  qr: string;
  members: { mid: string; fingerprint: string; verified: boolean }[];
}
export type AlarmCode = 'FORK' | 'GAP' | 'STALE' | 'REPLAY';
export type RoomEvent =
  | Exclude<sdk.RoomEvent, { type: 'alarm' | 'message' | 'system' }>
  | { type: 'message'; message: ChatMessage }
  | { type: 'system'; line: SystemLine }
  | { type: 'alarm'; code: AlarmCode }
  | { type: 'security'; security: Security };
export interface RoomClient extends Omit<
  sdk.RoomClient,
  'create' | 'send' | 'subscribe' | 'kick' | 'verify' | 'safety' | 'resumeSending'
> {
  create(options: CreateOptions): Promise<sdk.Invitation>;
  send(text: string): Promise<ChatMessage>;
  kick?(mid: string): Promise<void>;
  verify?(mid: string, yes: boolean): Promise<void>;
  safety?(): Promise<Safety>;
  resumeSending?(): Promise<void>;
  subscribe(listener: (event: RoomEvent) => void): () => void;
}
