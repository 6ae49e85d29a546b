import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Connections } from '../chat/connections.ts';
import type { Log } from '../logging/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Timings } from '../timings.ts';
import { LOG, METRICS, TIMINGS } from '../tokens.ts';
import type { ChatSocket } from './chat-socket.ts';

/** What may wait for a reader before it is cut (RELIABILITY R14). */
const MAX_WAITING_PACKETS = 512;
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Cuts connections that don't read, before what waits for them fills the memory. They find everything in the log when
 * they come back. What waits is in Engine.IO's buffer, not in the WebSocket's.
 */
@Injectable()
export class SlowReaders implements OnModuleInit, OnModuleDestroy {
  readonly #connections: Connections;
  readonly #intervalMs: number;
  readonly #log: Log;
  readonly #metrics: Metrics;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Connections) connections: Connections,
    @Inject(TIMINGS) timings: Timings,
    @Inject(LOG) log: Log,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.#connections = connections;
    this.#intervalMs = timings.slowReaderLookMs;
    this.#log = log;
    this.#metrics = metrics;
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => this.#look(), this.#intervalMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const socket of this.#connections.all()) {
      const waiting = queueOf(socket);
      this.#metrics.observe('bytechat_socket_queue_packets', {}, waiting.length);
      if (isTooLong(waiting)) this.#cut(socket);
    }
  }

  /** A notice would wait behind all the rest, so none is sent; `true` drops what waits. */
  #cut(socket: ChatSocket): void {
    this.#metrics.count('bytechat_slow_consumers_total', {});
    this.#log.debug('A connection that did not read is cut.');
    socket.conn.close(true);
  }
}

const queueOf = ({ conn }: ChatSocket): Queue['writeBuffer'] => (conn as unknown as Queue).writeBuffer;

function isTooLong(waiting: Queue['writeBuffer']): boolean {
  if (waiting.length > MAX_WAITING_PACKETS) return true;
  let bytes = 0;
  for (const { data } of waiting) bytes += data?.length ?? 0;
  return bytes > MAX_WAITING_BYTES;
}

/** Engine.IO keeps its queue to itself; that it has one under this name is what the suite proves. */
interface Queue {
  writeBuffer: readonly { data?: { length: number } }[];
}
