/**
 * Takes the bytes of one TCP connection apart as a server would see them: HTTP as it is, and after an upgrade
 * the client's WebSocket frames with their mask taken off (RFC 6455 §5.3), since a mask would hide a leak.
 */
export class WireRecorder {
  readonly #chunks: Buffer[];
  #pending = Buffer.alloc(0);
  #upgraded = false;

  constructor(chunks: Buffer[]) {
    this.#chunks = chunks;
  }

  fromServer(chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  fromClient(chunk: Buffer): void {
    if (!this.#upgraded) {
      this.#chunks.push(chunk);
      this.#pending = Buffer.concat([this.#pending, chunk]);
      const end = this.#pending.indexOf('\r\n\r\n');
      if (end === -1) return;
      this.#upgraded = /^upgrade: websocket/im.test(this.#pending.subarray(0, end).toString('latin1'));
      this.#pending = this.#upgraded ? this.#pending.subarray(end + 4) : Buffer.alloc(0);
      return;
    }
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (let frame = nextFrame(this.#pending); frame; frame = nextFrame(this.#pending)) {
      this.#chunks.push(frame.payload);
      this.#pending = this.#pending.subarray(frame.length);
    }
  }
}

function nextFrame(bytes: Buffer): { payload: Buffer; length: number } | undefined {
  if (bytes.length < 6) return undefined;
  const short = bytes[1]! & 0x7f;
  const headerLength = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < headerLength + 4) return undefined;
  const size =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const start = headerLength + 4;
  if (bytes.length < start + size) return undefined;
  const mask = bytes.subarray(headerLength, start);
  const payload = Buffer.from(
    bytes.subarray(start, start + size).map((byte, index) => byte ^ mask[index % 4]!),
  );
  return { payload, length: start + size };
}
