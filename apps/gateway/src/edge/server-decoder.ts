import { Decoder, ParserError, type Packet } from '@bytechat/protocol';

/** The wire's decoder with the name under which Socket.IO's server, unlike its client, takes a listener away. */
export class ServerDecoder extends Decoder {
  removeListener(event: 'decoded', listener: (packet: Packet) => void): this {
    return this.off(event, listener);
  }
}

/** The decoder for one server, which is told of each frame that is no packet. */
export function decoderThatTells(invalid: () => void): typeof ServerDecoder {
  return class extends ServerDecoder {
    override add(frame: unknown): void {
      try {
        super.add(frame);
      } catch (error) {
        if (error instanceof ParserError) invalid();
        throw error;
      }
    }
  };
}
