export interface Upgrade {
  method?: string;
  path?: string;
  /** Replace those of a good request by name; empty ones are left out. */
  headers?: Readonly<Record<string, string>>;
}

export const SOCKET_PATH = '/socket.io/?EIO=4&transport=websocket';

const GOOD_HEADERS = {
  Host: 'localhost',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The request that asks for a WebSocket, good unless told otherwise. */
export function upgradeRequest({ method = 'GET', path = SOCKET_PATH, headers = {} }: Upgrade = {}): Buffer {
  const lines = Object.entries({ ...GOOD_HEADERS, ...headers }).flatMap(([name, value]) =>
    value === '' ? [] : [`${name}: ${value}`],
  );
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
