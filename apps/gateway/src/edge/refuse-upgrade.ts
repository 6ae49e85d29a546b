import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { WireError } from '@bytechat/protocol';

/**
 * Answers an upgrade that won't be made, and ends the connection; Engine.IO itself would say 400 to everything. Browsers
 * show neither status nor body to a page, people who look for the reason find both.
 */
export function refuseUpgrade(
  request: IncomingMessage,
  status: 403 | 503,
  error: WireError,
  then: () => void,
): void {
  const body = JSON.stringify({ error });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
  ];
  request.socket.on('error', () => undefined);
  request.socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, then);
}
