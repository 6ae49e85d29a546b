import { Decoder, ParserError } from '@bytechat/protocol';

/** The wire's decoder for one server, which is told of each frame that is no packet. */
export function decoderThatTells(invalid: () => void): typeof Decoder {
  return class extends Decoder {
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
