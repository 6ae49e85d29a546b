import { connect } from 'node:net';
import type { RawCase } from '../attack-case.ts';

/** What the server did. */
export interface Exchange {
  /** Its first bytes, as latin1. */
  answer: string;
  closedByServer: boolean;
}

/** A server that has nothing to say is not waited for any longer. */
const SILENCE_MS = 60;
const KEPT_ANSWER = 2_000;

/** Writes the chunks, each after a word or a short silence of the server, and hangs up. Never throws. */
export function exchange(port: number, { chunks }: RawCase): Promise<Exchange> {
  const socket = connect({ port, host: '127.0.0.1' });
  const rest = chunks.map((chunk) => Buffer.from(chunk, 'base64'));
  let answer = '';
  let closedByServer = false;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const next = (): void => {
      const chunk = rest.shift();
      if (chunk === undefined) {
        socket.destroy();
        return;
      }
      socket.write(chunk);
      timer = setTimeout(next, SILENCE_MS);
    };
    socket.once('connect', next);
    socket.on('data', (bytes) => {
      answer = (answer + bytes.toString('latin1')).slice(0, KEPT_ANSWER);
      clearTimeout(timer);
      timer = setTimeout(next, rest.length > 0 ? 1 : SILENCE_MS);
    });
    socket.on('end', () => {
      closedByServer = true;
      socket.destroy();
    });
    socket.on('error', () => {
      closedByServer = true;
      socket.destroy();
    });
    socket.once('close', () => {
      clearTimeout(timer);
      resolve({ answer, closedByServer });
    });
  });
}
