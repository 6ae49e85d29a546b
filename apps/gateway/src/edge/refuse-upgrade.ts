import type { IncomingMessage } from 'node:http';

/** Answers an upgrade that won't be made, and ends the connection; Engine.IO itself would say 400 to everything. */
export function refuseUpgrade(request: IncomingMessage, status: 403 | 503, then: () => void): void {
  const reason = status === 403 ? 'Forbidden' : 'Service Unavailable';
  request.socket.on('error', () => undefined);
  request.socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\nX-Content-Type-Options: nosniff\r\n\r\n`,
    then,
  );
}
