import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Decoder, Encoder, PROTOCOL_VERSION, type WireError } from '@bytechat/protocol';
import { Server, type Socket } from 'socket.io';
import { socketIoTransport } from './socket-io-transport.ts';
import { TransportError, type ServerEvent, type Transport } from './transport.ts';

type Acknowledge = (answer: unknown) => void;

/** Resolves with the first thing it is given. */
function first<T>(): { promise: Promise<T>; give(value: T): void } {
  let give: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (give = resolve));
  return { promise, give };
}

describe('the Socket.IO transport', () => {
  let http: HttpServer;
  let server: Server;
  let url: string;
  const open: Transport[] = [];

  beforeEach(async () => {
    http = createServer();
    server = new Server(http, {
      transports: ['websocket'],
      parser: { Encoder, Decoder },
      serveClient: false,
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    for (const transport of open.splice(0)) transport.close();
    await server.close();
  });

  function connect(handlers: {
    event?: (event: ServerEvent) => void;
    closed?: (error: WireError | undefined) => void;
  }): Transport {
    const transport = socketIoTransport('sdk')(
      { url },
      { event: handlers.event ?? (() => undefined), closed: handlers.closed ?? (() => undefined) },
    );
    open.push(transport);
    return transport;
  }

  /** A transport whose other end greeted it. */
  async function connected(
    onSocket: (socket: Socket) => void,
    closed?: (error: WireError | undefined) => void,
  ): Promise<Transport> {
    server.on('connection', (socket) => {
      onSocket(socket);
      socket.emit('room_head', { generation: 1, seq: 2 });
    });
    const greeted = first<ServerEvent>();
    const transport = connect({ event: greeted.give, ...(closed ? { closed } : {}) });
    expect(await greeted.promise).toEqual({ name: 'room_head', payload: { generation: 1, seq: 2 } });
    return transport;
  }

  it('says who it is, sends bytes as bytes and answers with the acknowledgement', async () => {
    const received = first<unknown>();
    const auth = first<unknown>();
    const transport = await connected((socket) => {
      auth.give(socket.handshake.auth);
      socket.on('send_message', (payload: unknown, acknowledge: Acknowledge) => {
        received.give(payload);
        acknowledge({ ok: true, generation: 1, seq: 9, at: 77 });
      });
    });
    const message = { cid: new Uint8Array(16).fill(1), generation: 1, env: new Uint8Array(298).fill(2) };
    const answer = await transport.request('send_message', message, { timeoutMs: 5_000 });
    expect(answer).toEqual({ ok: true, generation: 1, seq: 9, at: 77 });
    expect(await auth.promise).toEqual({ v: PROTOCOL_VERSION, client: 'sdk' });
    const { cid } = (await received.promise) as { cid: Uint8Array };
    expect([...cid]).toEqual([...message.cid]);
  });

  it('passes over events that are not of the wire', async () => {
    const seen: ServerEvent[] = [];
    const done = first<true>();
    server.on('connection', (socket) => {
      socket.emit('room_head', { generation: 'x' });
      socket.emit('nonsense', 1);
      socket.emit('server_notice', { code: 'SLOW' });
    });
    connect({
      event: (event) => {
        seen.push(event);
        done.give(true);
      },
    });
    await done.promise;
    expect(seen).toEqual([{ name: 'server_notice', payload: { code: 'SLOW' } }]);
  });

  it('does not know what became of a request without a well-formed answer in time', async () => {
    const transport = await connected((socket) => {
      socket.on('sync_room', (_payload: unknown, acknowledge: Acknowledge) => acknowledge({ ok: true }));
    });
    const from = { generation: 1, seq: 0 };
    const outcomes = await Promise.allSettled([
      transport.request('leave_room', {}, { timeoutMs: 20 }),
      transport.request('sync_room', { from }, { timeoutMs: 5_000 }),
    ]);
    const timeout = { status: 'rejected', reason: new TransportError('timeout') };
    expect(outcomes).toEqual([timeout, timeout]);
  });

  it('tells once that it was closed, and fails what was open', async () => {
    const closed = first<WireError | undefined>();
    const transport = await connected((socket) => {
      socket.on('leave_room', () => socket.disconnect(true));
    }, closed.give);
    const request = transport.request('leave_room', {}, { timeoutMs: 5_000 });
    await expect(request).rejects.toEqual(new TransportError('closed'));
    expect(await closed.promise).toBeUndefined();
    await expect(transport.request('leave_room', {}, { timeoutMs: 5_000 })).rejects.toMatchObject({
      kind: 'closed',
    });
  });

  it('tells why the gateway refused the handshake', async () => {
    const refusal = { code: 'ERR_RATE', message: 'too many', retryAfterMs: 1_234 } as const;
    server.use((_socket, next) => next(Object.assign(new Error('refused'), { data: refusal })));
    const closed = first<WireError | undefined>();
    connect({ closed: closed.give });
    expect(await closed.promise).toEqual(refusal);
  });

  it('tells that nobody is there', async () => {
    await server.close();
    const closed = first<WireError | undefined>();
    connect({ closed: closed.give });
    expect(await closed.promise).toBeUndefined();
  });

  it('says nothing more once it was closed from this side', async () => {
    const heard: unknown[] = [];
    const gone = first<unknown>();
    const transport = await connected(
      (socket) => socket.on('disconnect', gone.give),
      (error) => heard.push(error),
    );
    transport.close();
    await gone.promise;
    expect(heard).toEqual([]);
  });
});
