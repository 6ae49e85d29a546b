import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** Tells whether a hop's X-Forwarded-* may be believed; hops are counted from the right. */
export type ProxyTrust = (address: string, hop: number) => boolean;

export function proxyTrust(trustedProxies: readonly string[]): ProxyTrust {
  return proxyAddr.compile([...trustedProxies]);
}

/** The address the request comes from: the nearest hop that isn't a trusted proxy. */
export function addressOf(request: IncomingMessage, trust: ProxyTrust): string {
  return proxyAddr(request, trust);
}

/** Whether the browser came over https, as the connection itself or the nearest, trusted proxy tells. */
export function cameOverHttps(request: IncomingMessage, trust: ProxyTrust): boolean {
  if ('encrypted' in request.socket) return true;
  if (!trust(request.socket.remoteAddress ?? '', 0)) return false;
  const [proto = ''] = String(request.headers['x-forwarded-proto'] ?? '').split(',');
  return proto.trim() === 'https';
}
