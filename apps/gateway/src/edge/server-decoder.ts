import { Decoder, type Packet } from '@bytechat/protocol';

/** The wire's decoder with the name under which Socket.IO's server, unlike its client, takes a listener away. */
export class ServerDecoder extends Decoder {
  removeListener(event: 'decoded', listener: (packet: Packet) => void): this {
    return this.off(event, listener);
  }
}
