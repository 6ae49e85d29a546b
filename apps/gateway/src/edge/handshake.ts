import { randomBytes } from 'node:crypto';
import { handshakeAuth, PROTOCOL_VERSION } from '@bytechat/protocol';
import { RoomError, type AddressKeys, type Rooms, type RoomStore } from '@bytechat/rooms';
import type { GatewayConfig } from '@bytechat/config';
import { addressOf, type ProxyTrust } from './address.ts';
import type { ChatSocket } from './chat-socket.ts';

const CHALLENGE_BYTES = 32;

/** What the handshake needs of the gateway. */
export interface HandshakeContext {
  rooms: Pick<Rooms, 'addressKeys'>;
  store: Pick<RoomStore, 'spend' | 'holdConnection' | 'releaseConnection'>;
  config: Pick<GatewayConfig, 'handshakesPerMinute' | 'maxConnectionsPerAddress'>;
  trust: ProxyTrust;
}

/**
 * Admits a connection: version, the address's allowance of handshakes, its open connections. What it holds is let go
 * when the connection closes, whatever became of it.
 * @throws {RoomError} ERR_FORMAT, ERR_VERSION, ERR_RATE.
 */
export async function admit(socket: ChatSocket, context: HandshakeContext): Promise<void> {
  checkAuth(socket.handshake.auth);
  const { rooms, store, config, trust } = context;
  const address = await rooms.addressKeys(addressOf(socket.request, trust));
  const perMinute = config.handshakesPerMinute;
  await store.spend({ kind: 'handshake', address, burst: perMinute, perMinute });
  await holdPlace(socket, address, context);
  socket.data = {
    challenge: Uint8Array.from(randomBytes(CHALLENGE_BYTES)),
    address,
    seat: undefined,
    acted: false,
    session: undefined,
  };
}

function checkAuth(auth: unknown): void {
  const version = typeof auth === 'object' && auth !== null && 'v' in auth ? auth.v : undefined;
  if (version !== undefined && version !== PROTOCOL_VERSION) throw new RoomError('ERR_VERSION');
  if (!handshakeAuth.safeParse(auth).success) throw new RoomError('ERR_FORMAT');
}

/** The connection may close while the store is asked: then nobody else would give the place back. */
async function holdPlace(socket: ChatSocket, address: AddressKeys, context: HandshakeContext): Promise<void> {
  const { store, config } = context;
  await store.holdConnection(address, socket.id, config.maxConnectionsPerAddress);
  const release = (): void => {
    store.releaseConnection(address, socket.id).catch(() => undefined);
  };
  if (socket.conn.readyState === 'open') socket.conn.once('close', release);
  else release();
}
