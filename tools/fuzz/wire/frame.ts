/** Parts of a WebSocket frame (RFC 6455 §5.2), right or wrong. */
export interface Frame {
  fin: boolean;
  /** The three reserved bits. */
  rsv: number;
  opcode: number;
  masked: boolean;
  payload: Uint8Array;
  /** Says so many bytes follow, whatever follows. */
  claimedLength?: bigint | undefined;
}

export const Opcode = { CONTINUATION: 0, TEXT: 1, BINARY: 2, CLOSE: 8, PING: 9, PONG: 10 } as const;

const MASK = Buffer.from([0x12, 0x34, 0x56, 0x78]);

export function frameBytes({ fin, rsv, opcode, masked, payload, claimedLength }: Frame): Buffer {
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const length = lengthBytes(claimedLength ?? BigInt(payload.length), masked ? 0x80 : 0);
  const body = masked ? Buffer.concat([MASK, payload.map((byte, i) => byte ^ MASK[i % 4]!)]) : payload;
  return Buffer.concat([Buffer.from([first]), length, body]);
}

/** What a client that means well sends. */
export const clientFrame = (opcode: number, payload: Uint8Array | string): Buffer =>
  frameBytes({
    ...{ fin: true, rsv: 0, opcode, masked: true },
    payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
  });

function lengthBytes(length: bigint, mask: number): Buffer {
  if (length < 126n) return Buffer.from([mask | Number(length)]);
  if (length < 0x1_0000n) {
    const bytes = Buffer.from([mask | 126, 0, 0]);
    bytes.writeUInt16BE(Number(length), 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9);
  bytes[0] = mask | 127;
  bytes.writeBigUInt64BE(length, 1);
  return bytes;
}
