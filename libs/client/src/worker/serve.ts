import * as z from 'zod/mini';
import type { Endpoint, RoomClient } from '../api.ts';
import { ClientError } from '../errors.ts';
import { createRoomClient } from '../room-client.ts';
import { socketIoTransport } from '../socket-io-transport.ts';
import { pageMessage, type PageCall, type WorkerMessage } from './messages.ts';

/** What serving needs of a `DedicatedWorkerGlobalScope`. */
export interface WorkerScope {
  postMessage(message: unknown, options: { transfer: Transferable[] }): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/**
 * The worker's side: serves one RoomClient to the page that started the worker. `create` is how a client is made;
 * tests make one without a network.
 */
export function serveRoomClient(
  scope: WorkerScope,
  create: (endpoint: Endpoint) => RoomClient = createForWeb,
): void {
  let client: RoomClient | undefined;
  const post = (message: WorkerMessage): void => scope.postMessage(message, { transfer: buffersOf(message) });

  scope.addEventListener('message', ({ data }) => {
    const parsed = z.safeParse(pageMessage, data);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'call') {
      if (client) void answer(client, message, post);
      return;
    }
    if (client) return;
    client = create(message.endpoint);
    client.subscribe((event) => post({ kind: 'event', event }));
  });
}

const createForWeb = (endpoint: Endpoint): RoomClient =>
  createRoomClient({ endpoint, transport: socketIoTransport('web') });

/** A fetched file changes hands without a copy. */
const buffersOf = (message: WorkerMessage): Transferable[] =>
  message.kind === 'result' && message.value instanceof Uint8Array
    ? [message.value.buffer as ArrayBuffer]
    : [];

async function answer(
  client: RoomClient,
  call: PageCall,
  post: (message: WorkerMessage) => void,
): Promise<void> {
  const { id } = call;
  try {
    post({ kind: 'result', id, value: await run(client, call) });
  } catch (error) {
    const { code, message, retryAfterMs } =
      error instanceof ClientError ? error : new ClientError('ERR_UNSUPPORTED');
    post({ kind: 'error', id, code, message, retryAfterMs });
  }
}

function run(client: RoomClient, call: PageCall): Promise<unknown> {
  switch (call.method) {
    case 'create':
      return client.create(call.argument);
    case 'join':
      return client.join(call.argument);
    case 'peek':
      return client.peek(call.argument);
    case 'send':
      return client.send(call.argument.text, { replyTo: call.argument.replyTo });
    case 'edit':
      return client.edit(call.argument.messageId, call.argument.text);
    case 'remove':
      return client.remove(call.argument);
    case 'react':
      return client.react(call.argument.messageId, call.argument.emoji, call.argument.on);
    case 'attach':
      return client.attach(call.argument);
    case 'download':
      return client.download(call.argument);
    case 'cancelDownload':
      return client.cancelDownload(call.argument);
    case 'retry':
      return client.retry(call.argument);
    case 'discard':
      return client.discard(call.argument);
    case 'kick':
    case 'admit':
    case 'refuse':
      return client[call.method](call.argument);
    case 'verify':
      return client.verify(call.argument.mid, call.argument.yes);
    case 'typing':
      return client.typing();
    case 'safety':
      return client.safety();
    case 'resumeSending':
      return client.resumeSending();
    case 'reconnect':
      return client.reconnect();
    case 'keepAlive':
      return client.keepAlive();
    case 'leave':
      return client.leave();
  }
}
