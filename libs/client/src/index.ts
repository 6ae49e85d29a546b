export type * from './api.ts';
export { CLIENT_ERRORS, ClientError, type ClientErrorCode, type ClientOnlyErrorCode } from './errors.ts';
export { createWorkerRoomClient, type WorkerPort } from './worker/proxy.ts';
