import type { Server } from 'socket.io';

/** What ws would otherwise allow: sixteen thousand pieces, and half a minute for the answer to a close. */
const LIMITS = {
  /** A packet is one frame; what comes in more pieces than these comes from nobody who means well. */
  maxFragments: 64,
  /** Pieces of one unfinished frame: 64 KiB in segments of an ordinary network. */
  maxBufferedChunks: 256,
  /** For a peer to answer that it closes, too; one that is gone would hold up the end of the pod. In ms. */
  closeTimeout: 3_000,
};

type WebSocketServer = new (options: object) => object;

/** What the suite proves to be there: neither Socket.IO nor Engine.IO passes the limits on. */
interface EngineServer {
  opts: { wsEngine: WebSocketServer };
  on(event: 'connection', listener: (connection: EngineConnection) => void): void;
}

interface EngineConnection {
  transport: { socket: { on(event: 'error', listener: (error: { code?: string }) => void): void } };
}

/** Tightens what ws allows to a peer, and tells of input that is no WebSocket frame. To be called before it listens. */
export function guardWebSockets(server: Server, invalid: () => void): void {
  const engine = server.engine as unknown as EngineServer;
  engine.opts.wsEngine = limited(engine.opts.wsEngine);
  engine.on('connection', ({ transport }) => {
    transport.socket.on('error', ({ code = '' }) => {
      if (code.startsWith('WS_ERR_')) invalid();
    });
  });
}

/** Engine.IO makes its WebSocket server anew when the port begins to listen. */
const limited = (base: WebSocketServer): WebSocketServer =>
  class extends base {
    constructor(options: object) {
      super({ ...options, ...LIMITS });
    }
  };
