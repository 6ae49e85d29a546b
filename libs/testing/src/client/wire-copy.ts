import { Decoder, Encoder, PacketType } from '@bytechat/protocol';

const encoder = new Encoder();

/** What the other side gets of a value that travels as one frame of the real wire. */
export function wireCopy(value: unknown): unknown {
  const [frame] = encoder.encode({ type: PacketType.EVENT, nsp: '/', data: ['copy', value] });
  const decoder = new Decoder();
  let copy: unknown;
  decoder.on('decoded', ({ data }) => {
    copy = (data as unknown[])[1];
  });
  decoder.add(frame!);
  return copy;
}
