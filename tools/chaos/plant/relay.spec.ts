import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Relay } from './relay.ts';
import { comesTrue, until } from './waiting.ts';

describe('a stretch of network', () => {
  let echo: Server;
  let port: number;
  const relays: Relay[] = [];
  const clients: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    port = (echo.address() as AddressInfo).port;
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    for (const relay of relays.splice(0)) await relay.close();
    echo.close();
  });

  async function open(options: Parameters<typeof Relay.open>[0] = { targets: () => [port] }): Promise<Relay> {
    const relay = await Relay.open(options);
    relays.push(relay);
    return relay;
  }

  function call(relay: Relay): { socket: Socket; heard(): string; isClosed(): boolean } {
    const socket = connect(relay.port, '127.0.0.1').on('error', () => undefined);
    clients.push(socket);
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    return { socket, heard: () => heard, isClosed: () => socket.closed };
  }

  it('passes over a target that refuses', async () => {
    const relay = await open({ targets: () => [1, port] });
    const { socket, heard } = call(relay);
    socket.write('hello');
    await until(() => heard() === 'hello', 'the echo came');
  });

  it.each(['toServer', 'toClient'] as const)(
    'holds what flows %s until it is released',
    async (direction) => {
      const relay = await open();
      const { socket, heard } = call(relay);
      socket.write('before ');
      await until(() => heard() === 'before ', 'the first echo came');
      relay.hold(direction);
      socket.write('after');
      expect(await comesTrue(() => heard() !== 'before ', 100)).toBe(false);
      relay.release();
      await until(() => heard() === 'before after', 'the rest came');
    },
  );

  it('cuts what is open and refuses what is new', async () => {
    const relay = await open();
    const first = call(relay);
    first.socket.write('x');
    await until(() => first.heard() === 'x', 'the connection stands');
    relay.refuse(true);
    expect(relay.cut()).toBe(1);
    const second = call(relay);
    await until(() => first.isClosed() && second.isClosed(), 'both are closed');
    relay.refuse(false);
    const third = call(relay);
    third.socket.write('y');
    await until(() => third.heard() === 'y', 'a new one stands');
  });

  it('can cut between the execution of a request and its answer', async () => {
    let executed = '';
    echo.on('connection', (socket: Socket) => socket.on('data', (chunk) => (executed += chunk.toString())));
    const relay = await open({
      targets: () => [port],
      inspect: () => ({ fromClient: () => undefined, fromServer: () => 'cut' }),
    });
    const { socket, heard, isClosed } = call(relay);
    socket.write('store this');
    await until(isClosed, 'the connection is cut');
    expect({ executed, heard: heard() }).toEqual({ executed: 'store this', heard: '' });
  });
});
