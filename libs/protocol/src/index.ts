export type { Bytes } from './bytes.ts';
export { fromBase64Url, toBase64Url } from './base64url.ts';
export {
  NOTICES,
  RETRYABLE,
  WIRE_ERRORS,
  type Accepted,
  type Acknowledgement,
  type NoticeCode,
  type Refusal,
  type WireError,
  type WireErrorCode,
} from './codes.ts';
export { Emitter } from './emitter.ts';
export {
  FrameType,
  readCommitHeader,
  readEnvelopeHeader,
  readKeyPackageHeader,
  readKeyUpdateHeader,
  type EnvelopeHeader,
  type KeyPackageHeader,
  type KeyUpdateHeader,
} from './headers.ts';
export * from './limits.ts';
export type {
  AckBodies,
  ClientToServer,
  Head,
  KeyUpdate,
  LogItem,
  MemberEntry,
  RoomInfo,
  RoomJoined,
  ServerEventName,
  ServerToClient,
} from './messages.ts';
export { Decoder, Encoder, PacketType, ParserError, type Packet } from './parser.ts';
export {
  clientEvents,
  handshakeAuth,
  parseClientEvent,
  roomOptions,
  type BlobGet,
  type BlobPut,
  type ClientEventName,
  type ClientEventPayload,
  type JoinRoom,
  type Parsed,
  type Position,
  type RemoveReason,
  type RoomOptions,
  type SendMessage,
  type ShareSessionKey,
  type StagedWelcome,
  type StagedWrap,
} from './schemas.ts';
