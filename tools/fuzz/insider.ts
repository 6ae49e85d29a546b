import { decode, encode } from '@msgpack/msgpack';
import { clientEvents, Decoder, Encoder, type ClientEventName } from '@bytechat/protocol';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import type { EventCase } from './attack-case.ts';

const ANSWER_WITHIN_MS = 10_000;

/** Somebody with a connection of their own who sends events that are nearly right. */
export class Insider {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(url: string): Promise<Insider> {
    const socket = io(url, {
      ...{ path: '/socket.io', transports: ['websocket'], forceNew: true, reconnection: false },
      ...{ parser: { Encoder, Decoder }, auth: { v: 1, client: 'fuzz' } },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new Insider(socket);
  }

  /** Resolves with what is wrong with the answer, in words, if anything. */
  async attack({ event, payload }: EventCase): Promise<string | undefined> {
    const sent = decode(Buffer.from(payload, 'base64'));
    const answer: unknown = await this.#socket
      .timeout(ANSWER_WITHIN_MS)
      .emitWithAck(event, sent)
      .catch(() => undefined);
    if (answer === undefined) return `${event} was not answered.`;
    return wrongAnswer(event as ClientEventName, sent, answer);
  }

  close(): void {
    this.#socket.disconnect();
  }
}

/** Every answer is typed, and what the schema does not take is never taken. */
function wrongAnswer(event: ClientEventName, sent: unknown, answer: unknown): string | undefined {
  const { ok, error } = answer as { ok?: unknown; error?: { code?: unknown } };
  if (ok === true)
    return isValid(event, sent) ? undefined : `${event} was taken though its schema refuses it.`;
  const code = typeof error?.code === 'string' ? error.code : 'nothing';
  if (ok !== false || !code.startsWith('ERR_')) return `${event} was answered without a code.`;
  const mayDiffer = isValid(event, sent) || code === 'ERR_RATE';
  return code === 'ERR_FORMAT' || mayDiffer ? undefined : `${event}: ${code} instead of ERR_FORMAT.`;
}

/** As it arrives: what MessagePack can't carry has become something else. */
const isValid = (event: ClientEventName, sent: unknown): boolean =>
  z.safeParse(clientEvents[event], decode(encode(sent))).success;
