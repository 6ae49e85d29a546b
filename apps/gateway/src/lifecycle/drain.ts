import type { Server } from 'node:http';
import type { Connections } from '../chat/connections.ts';
import type { InFlight } from '../edge/in-flight.ts';
import type { Readiness } from '../http/readiness.ts';

/** Between two looks whether every client has moved. */
const LOOK_MS = 50;
/** For acknowledgements that are still due when the window is over. */
const LAST_ANSWERS_MS = 2_000;

export interface DrainContext {
  readiness: Pick<Readiness, 'draining'>;
  connections: Pick<Connections, 'all'>;
  inFlight: InFlight;
  httpServer: Server;
  drainMs: number;
}

/**
 * Moves every client away (RELIABILITY §10): not ready, nobody new, each client told when to go, spread over the
 * window, answers in flight sent, the rest disconnected. Memberships stay: the clients resume on another pod.
 */
export async function drain({
  readiness,
  connections,
  inFlight,
  httpServer,
  drainMs,
}: DrainContext): Promise<void> {
  readiness.draining();
  httpServer.close();
  for (const socket of connections.all())
    socket.emit('server_notice', { code: 'DRAINING', retryAfterMs: Math.floor(Math.random() * drainMs) });
  await untilTrue(() => connections.all().length === 0, drainMs);
  await Promise.race([inFlight.idle(), elapsed(LAST_ANSWERS_MS)]);
  for (const socket of connections.all()) socket.disconnect(true);
}

async function untilTrue(condition: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition() && performance.now() < end) await elapsed(Math.min(LOOK_MS, withinMs));
}

/** Doesn't hold the process open by itself. */
const elapsed = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
