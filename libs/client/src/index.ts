export type * from './api.ts';
export { systemClock, type Clock, type Timer } from './clock.ts';
export { CLIENT_ERRORS, ClientError, type ClientErrorCode, type ClientOnlyErrorCode } from './errors.ts';
export { isEmoji } from '@bytechat/crypto';
export { fetchRoomInfo, type RoomInfoSource } from './info.ts';
export { cleanName, defaultName, MAX_NAME_GRAPHEMES } from './names.ts';
export { systemRandom, type Random } from './random.ts';
export { createRoomClient, type RoomClientDeps } from './room-client.ts';
export { MAX_QUEUED } from './session/send-queue.ts';
export { socketIoTransport } from './socket-io-transport.ts';
export {
  ACK_TIMEOUT_MS,
  TransportError,
  type ServerEvent,
  type Transport,
  type TransportFactory,
  type TransportListener,
} from './transport.ts';
export { createWorkerRoomClient, type WorkerPort } from './worker/proxy.ts';
export { serveRoomClient, type WorkerScope } from './worker/serve.ts';
