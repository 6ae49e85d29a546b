import { request, type ClientRequest } from 'node:http';
import { connect, type Socket } from 'node:net';

const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const PATH = '/socket.io/?EIO=4&transport=websocket';

const handshake = (port: number, headers: Record<string, string>): ClientRequest =>
  request({ port, host: '127.0.0.1', path: PATH, headers: { ...HANDSHAKE, ...headers } });

/** The status that a WebSocket handshake with these headers is answered with; 101 when it is let in. */
export function upgradeStatus(port: number, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = handshake(port, headers);
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** What a WebSocket handshake that is refused is told. */
export async function refusedUpgrade(port: number, headers: Record<string, string>): Promise<unknown> {
  const text = await new Promise<string>((resolve, reject) => {
    const asked = handshake(port, headers);
    asked.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve(body));
    });
    asked.on('error', reject);
    asked.end();
  });
  return JSON.parse(text);
}

/** A WebSocket that is open, on which a test writes whatever bytes it likes. */
export function rawWebSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const headers = Object.entries({ Host: 'localhost', ...HANDSHAKE }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write([`GET ${PATH} HTTP/1.1`, ...headers, '\r\n'].join('\r\n'));
  return new Promise((resolve) => socket.once('data', () => resolve(socket)));
}
