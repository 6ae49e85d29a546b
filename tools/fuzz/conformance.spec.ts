import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decode, encode } from '@msgpack/msgpack';
import { MAX_FRAME_BYTES, PacketType } from '@bytechat/protocol';
import { rawCase } from './attack-case.ts';
import { RawSocket } from './raw-socket.ts';
import { Target } from './target.ts';
import { exchange } from './wire/exchange.ts';
import { upgradeRequest } from './wire/upgrade.ts';

/**
 * What of the suites for Engine.IO 4 and Socket.IO 5 (github.com/socketio/engine.io-protocol and socket.io-protocol)
 * concerns a server with one transport, one namespace and packets of its own form. Left out, since there is nothing to ask:
 * HTTP long-polling and the upgrade from it; the close packet, which Engine.IO heeds on
 * polling only (a WebSocket has a close frame); text and binary messages that are sent back (every message is a packet);
 * custom namespaces and rooms of several; binary attachments (bytes lie in the packet); packets joined by a separator;
 * leaving the namespace and coming back in one breath (Socket.IO takes a CONNECT at once and a DISCONNECT a tick later, so
 * they overtake one another; with one namespace, clients close the connection instead).
 */
let target: Target;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  target = await Target.start();
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => target.stop());

function open(query = 'EIO=4&transport=websocket'): RawSocket {
  const socket = new RawSocket(`ws://127.0.0.1:${target.port}/socket.io/?${query}`);
  sockets.push(socket);
  return socket;
}

/** Greeted and in the main namespace. */
async function connect(): Promise<RawSocket> {
  const socket = open();
  await socket.next();
  socket.send(encode([PacketType.CONNECT, '/', { v: 1, client: 'test' }]));
  await packet(socket);
  await packet(socket);
  return socket;
}

async function packet(socket: RawSocket): Promise<unknown[]> {
  const message = await socket.next();
  if (typeof message === 'string') throw new Error(`Text instead of a packet: ${message}`);
  return decode(message) as unknown[];
}

describe('Engine.IO, protocol 4', () => {
  it('greets a WebSocket with a session, no upgrades, its heartbeat and its limit', async () => {
    const greeting = String(await open().next());
    expect(greeting[0]).toBe('0');
    expect(JSON.parse(greeting.slice(1))).toEqual({
      sid: expect.any(String),
      upgrades: [],
      pingInterval: 10_000,
      pingTimeout: 8_000,
      maxPayload: MAX_FRAME_BYTES,
    });
  });

  it.each(['', 'transport=websocket', 'EIO=abc&transport=websocket', 'EIO=4', 'EIO=4&transport=abc'])(
    'refuses the query "%s"',
    async (query) => {
      await open(query).closed;
    },
  );

  it.each([
    'EIO=4&transport=polling',
    'EIO=4&transport=polling&sid=abcdefghijklmnopqrst',
    'EIO=4&transport=websocket',
  ])('answers plain HTTP with 400: %s', async (query) => {
    expect((await fetch(`${target.url}/socket.io/?${query}`)).status).toBe(400);
  });

  it.each(['abc', '9', '2', ''])('closes for the text %j', async (text) => {
    const socket = open();
    await socket.next();
    socket.send(text);
    await socket.closed;
  });

  it('closes for a message that is longer than its limit', async () => {
    const socket = open();
    await socket.next();
    socket.send(new Uint8Array(MAX_FRAME_BYTES + 1));
    await socket.closed;
  });

  it('upgrades no request that is none', async () => {
    const request = upgradeRequest({ headers: { 'Sec-WebSocket-Key': '' } });
    const { answer } = await exchange(target.port, rawCase('L1', 'no key', [request]));
    expect(answer).not.toMatch(/^HTTP\/1\.1 101/);
  });
});

describe('Socket.IO, protocol 5', () => {
  it('lets into the main namespace, and says under which id', async () => {
    const socket = open();
    await socket.next();
    socket.send(encode([PacketType.CONNECT, '/', { v: 1, client: 'test' }]));
    expect(await packet(socket)).toEqual([PacketType.CONNECT, '/', { sid: expect.any(String) }]);
  });

  it('says why it does not let in', async () => {
    const socket = open();
    await socket.next();
    socket.send(encode([PacketType.CONNECT, '/', { v: 2, client: 'test' }]));
    const [type, , data] = await packet(socket);
    expect([type, data]).toEqual([
      PacketType.CONNECT_ERROR,
      { message: expect.any(String), data: expect.objectContaining({ code: 'ERR_VERSION' }) },
    ]);
  });

  it('has no other namespace', async () => {
    const socket = open();
    await socket.next();
    socket.send(encode([PacketType.CONNECT, '/random', null]));
    const error = [PacketType.CONNECT_ERROR, '/random', { message: 'Invalid namespace' }];
    expect(await packet(socket)).toEqual(error);
  });

  it('closes for an event of somebody who is not connected', async () => {
    const socket = open();
    await socket.next();
    socket.send(encode([PacketType.EVENT, '/', ['leave_room', {}], 1]));
    await socket.closed;
  });

  it('acknowledges an event under its id, and one without an id not at all', async () => {
    const socket = await connect();
    socket.send(encode([PacketType.EVENT, '/', ['leave_room', {}]]));
    socket.send(encode([PacketType.EVENT, '/', ['leave_room', {}], 456]));
    const [type, nsp, data, id] = await packet(socket);
    expect([type, nsp, id]).toEqual([PacketType.ACK, '/', 456]);
    expect(data).toEqual([{ ok: false, error: expect.objectContaining({ code: 'ERR_NOT_MEMBER' }) }]);
  });

  it('takes bytes within a packet', async () => {
    const socket = await connect();
    socket.send(encode([PacketType.EVENT, '/', ['signal', { bytes: new Uint8Array(96) }], 1]));
    const [, , data] = await packet(socket);
    expect(data).toEqual([{ ok: false, error: expect.objectContaining({ code: 'ERR_NOT_MEMBER' }) }]);
  });

  it.each([
    ['of no type', [9, '/', null]],
    ['with binary attachments', [5, '/', ['x', { _placeholder: true, num: 0 }]]],
    ['with an event without a name', [PacketType.EVENT, '/', []]],
    ['with an event named by a number', [PacketType.EVENT, '/', [1]]],
    ['with an event that Socket.IO has for itself', [PacketType.EVENT, '/', ['disconnect', 'x']]],
    ['with an acknowledgement without an id', [PacketType.ACK, '/', []]],
    ['with an id that is no number', [PacketType.EVENT, '/', ['leave_room', {}], 'abc']],
    ['without a namespace', [PacketType.EVENT, 1, ['leave_room', {}]]],
  ])('closes for a packet %s', async (_, given) => {
    const socket = await connect();
    socket.send(encode(given));
    await socket.closed;
  });

  it('closes for the stock form of a packet', async () => {
    const socket = open();
    await socket.next();
    socket.send('40');
    await socket.closed;
  });
});

describe('With time', () => {
  it('pings are sent, whoever answers goes on, whoever does not or never connects is given up', async () => {
    const mute = open();
    const [answers, silent] = [await connect(), await connect()];
    await mute.closed;
    expect(await Promise.all([answers.next(), silent.next()])).toEqual(['2', '2']);
    answers.send('3');
    await silent.closed;
    expect(answers.isOpen).toBe(true);
  });
});
