import { Decoder as MsgpackDecoder, Encoder as MsgpackEncoder } from '@msgpack/msgpack';
import { Emitter } from './emitter.ts';
import { MAX_FRAME_BYTES } from './limits.ts';

/**
 * A Socket.IO parser that makes one packet one binary WebSocket frame, byte fields included. The stock parser
 * sends each byte field as a frame of its own: two frames and twice the CPU for every encrypted message.
 * Contract: https://socket.io/docs/v4/custom-parser/
 */

/** Packet types of the Socket.IO protocol, version 5. */
export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4 } as const;

export interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

/** A frame that is no packet. The transport's catch turns it into a closed connection, never into a crash. */
export class ParserError extends Error {
  readonly code = 'ERR_FORMAT';
  override readonly name = 'ParserError';
}

/** The parser speaks an own wire; a stock client fails here at its first frame. */
export class Encoder {
  readonly #msgpack = new MsgpackEncoder({ ignoreUndefined: true });

  /** One packet in, exactly one frame out. */
  encode(packet: Packet): Uint8Array[] {
    const { type, nsp, data, id } = packet;
    return [
      this.#msgpack.encode(id === undefined ? [type, nsp, data ?? null] : [type, nsp, data ?? null, id]),
    ];
  }
}

export class Decoder extends Emitter<{ decoded: [Packet] }> {
  readonly #msgpack = new MsgpackDecoder({
    maxStrLength: MAX_FRAME_BYTES,
    maxBinLength: MAX_FRAME_BYTES,
    maxArrayLength: 4_096,
    maxMapLength: 256,
    maxExtLength: 0,
  });

  /** @throws {ParserError} for anything that is not one well-formed packet; the caller closes the connection. */
  add(frame: unknown): void {
    this.emit('decoded', decodePacket(this.#msgpack, frame));
  }

  destroy(): void {
    this.removeAllListeners();
  }
}

function decodePacket(msgpack: MsgpackDecoder, frame: unknown): Packet {
  const bytes = asBytes(frame);
  let tuple: unknown;
  try {
    tuple = msgpack.decode(bytes);
  } catch {
    throw new ParserError('The frame is not MessagePack.');
  }
  if (!Array.isArray(tuple) || tuple.length < 3 || tuple.length > 4)
    throw new ParserError('The frame is no packet.');
  const [type, nsp, data, id] = tuple as unknown[];
  if (typeof nsp !== 'string' || !nsp.startsWith('/')) throw new ParserError('The packet has no namespace.');
  if (id !== undefined && !isAckId(id)) throw new ParserError('The acknowledgement id is malformed.');
  const packet: Packet = { type: type as number, nsp, data: data ?? undefined };
  if (id !== undefined) packet.id = id as number;
  if (!isWellFormed(packet)) throw new ParserError('The packet is malformed.');
  return packet;
}

function asBytes(frame: unknown): Uint8Array {
  if (frame instanceof Uint8Array) return frame;
  if (frame instanceof ArrayBuffer) return new Uint8Array(frame);
  throw new ParserError('A text frame is not expected.');
}

const isAckId = (id: unknown): boolean => Number.isSafeInteger(id) && (id as number) >= 0;
const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names that Socket.IO itself emits: a peer that sends one of them would fake a life-cycle event. */
const RESERVED_EVENTS: ReadonlySet<string> = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
]);

function isWellFormed({ type, data, id }: Packet): boolean {
  switch (type) {
    case PacketType.CONNECT:
      return data === undefined || isRecord(data);
    case PacketType.DISCONNECT:
      return data === undefined;
    case PacketType.EVENT:
      return Array.isArray(data) && typeof data[0] === 'string' && !RESERVED_EVENTS.has(data[0]);
    case PacketType.ACK:
      return Array.isArray(data) && id !== undefined;
    case PacketType.CONNECT_ERROR:
      return isRecord(data) || typeof data === 'string';
    default:
      return false;
  }
}
