import * as z from 'zod/mini';
import type { Endpoint, FileToSend, RoomClient, RoomEvent } from '../api.ts';
import { ClientError } from '../errors.ts';
import {
  chatMessage,
  file as fileBytes,
  invitation,
  roomPeek,
  safety,
  workerMessage,
  type PageCall,
  type PageMessage,
  type WorkerMessage,
} from './messages.ts';

/** What the proxy needs of a `Worker`. */
export interface WorkerPort {
  postMessage(message: unknown, options: { transfer: Transferable[] }): void;
  addEventListener(type: 'message' | 'error', listener: (event: Event) => void): void;
  terminate(): void;
}

type Request = PageCall extends infer C ? (C extends PageCall ? Omit<C, 'kind' | 'id'> : never) : never;
type PageArgument<M extends PageCall['method']> = Extract<
  PageCall,
  { method: M; argument: unknown }
>['argument'];
interface Waiting {
  resolve(value: unknown): void;
  reject(error: ClientError): void;
}

const nothing = z.undefined();

/** A file changes hands without a copy, but for bytes that are part of something larger. */
function handedOver(file: FileToSend): PageArgument<'attach'> {
  const { data, preview } = file;
  return {
    ...file,
    data: data instanceof Blob ? data : ownBytes(data),
    preview: preview && ownBytes(preview),
  };
}

const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
    ? (bytes as Uint8Array<ArrayBuffer>)
    : new Uint8Array(bytes);

function buffersOf(message: PageMessage): Transferable[] {
  if (message.kind !== 'call' || message.method !== 'attach') return [];
  const { data, preview } = message.argument;
  return [data, preview].flatMap((part) => (part instanceof Uint8Array ? part.buffer : []));
}

/**
 * The page's side: the interface of a RoomClient whose keys live in `worker`. `terminate` ends the worker at once
 * (leave, panic); every open call is rejected with ERR_CLOSED.
 */
export function createWorkerRoomClient(
  worker: WorkerPort,
  endpoint: Endpoint,
): RoomClient & { terminate(): void } {
  const listeners = new Set<(event: RoomEvent) => void>();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended = false;

  const post = (message: PageMessage): void => worker.postMessage(message, { transfer: buffersOf(message) });
  const end = (): void => {
    ended = true;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new ClientError('ERR_CLOSED'));
    waiting.clear();
  };

  worker.addEventListener('message', (event) => {
    const parsed = z.safeParse(workerMessage, (event as MessageEvent<unknown>).data);
    if (parsed.success && !ended) receive(parsed.data);
  });
  worker.addEventListener('error', () => {
    if (ended) return;
    end();
    publish({ type: 'connection', connection: { state: 'closed', code: 'PROTOCOL' } });
  });
  post({ kind: 'start', endpoint: { url: endpoint.url } });

  function publish(event: RoomEvent): void {
    for (const listener of listeners) listener(event);
  }

  function receive(message: WorkerMessage): void {
    if (message.kind === 'event') {
      publish(message.event);
      return;
    }
    const open = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'result') open?.resolve(message.value);
    else open?.reject(new ClientError(message.code, message));
  }

  async function call<T>(request: Request, schema: z.ZodMiniType<T>): Promise<T> {
    if (ended) throw new ClientError('ERR_CLOSED');
    const id = ++lastId;
    const value = await new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      post({ ...request, kind: 'call', id });
    });
    return z.parse(schema, value);
  }

  return {
    create: (argument) => call({ method: 'create', argument }, invitation),
    join: (argument) => call({ method: 'join', argument }, invitation),
    peek: (argument) => call({ method: 'peek', argument }, roomPeek),
    send: (text, { replyTo } = {}) => call({ method: 'send', argument: { text, replyTo } }, chatMessage),
    edit: (messageId, text) => call({ method: 'edit', argument: { messageId, text } }, nothing),
    remove: (argument) => call({ method: 'remove', argument }, nothing),
    react: (messageId, emoji, on) => call({ method: 'react', argument: { messageId, emoji, on } }, nothing),
    attach: (file) => call({ method: 'attach', argument: handedOver(file) }, chatMessage),
    download: (argument) => call({ method: 'download', argument }, fileBytes),
    cancelDownload: (argument) => call({ method: 'cancelDownload', argument }, nothing),
    typing: () => call({ method: 'typing' }, nothing),
    retry: (argument) => call({ method: 'retry', argument }, nothing),
    discard: (argument) => call({ method: 'discard', argument }, nothing),
    kick: (argument) => call({ method: 'kick', argument }, nothing),
    admit: (argument) => call({ method: 'admit', argument }, nothing),
    refuse: (argument) => call({ method: 'refuse', argument }, nothing),
    verify: (mid, yes) => call({ method: 'verify', argument: { mid, yes } }, nothing),
    safety: () => call({ method: 'safety' }, safety),
    resumeSending: () => call({ method: 'resumeSending' }, nothing),
    reconnect: () => call({ method: 'reconnect' }, nothing),
    keepAlive: () => call({ method: 'keepAlive' }, nothing),
    leave: async () => {
      if (!ended) await call({ method: 'leave' }, nothing);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    terminate() {
      if (!ended) end();
    },
  };
}
