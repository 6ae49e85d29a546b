import type { Server } from 'socket.io';

/** A packet is one frame; what comes in more pieces than these comes from nobody who means well. */
const MAX_FRAGMENTS = 64;
/** Pieces of one unfinished frame: 64 KiB in segments of an ordinary network. */
const MAX_BUFFERED_CHUNKS = 256;

/** What the suite proves to be there: neither Socket.IO nor Engine.IO passes these on. */
interface EngineServer {
  ws: { options: { maxFragments: number; maxBufferedChunks: number } };
  on(
    event: 'connection',
    listener: (connection: {
      transport: { socket: { on(event: 'error', listener: (error: { code?: string }) => void): void } };
    }) => void,
  ): void;
}

/** Tightens what ws would buffer for a sender of fragments, and tells of input that is no WebSocket frame. */
export function guardWebSockets(server: Server, invalid: () => void): void {
  const engine = server.engine as unknown as EngineServer;
  Object.assign(engine.ws.options, { maxFragments: MAX_FRAGMENTS, maxBufferedChunks: MAX_BUFFERED_CHUNKS });
  engine.on('connection', ({ transport }) => {
    transport.socket.on('error', ({ code = '' }) => {
      if (code.startsWith('WS_ERR_')) invalid();
    });
  });
}
