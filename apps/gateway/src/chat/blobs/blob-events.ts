import { Inject, Injectable } from '@nestjs/common';
import type { BlobGet, BlobPut, Bytes } from '@bytechat/protocol';
import type { Blobs } from '@bytechat/rooms';
import type { ChatSocket } from '../../edge/chat-socket.ts';
import { BLOBS } from '../../tokens.ts';
import { asMember } from '../seats.ts';

/** Files of members, chunk by chunk. Nobody is told of them here: a message does that, and only it has the key. */
@Injectable()
export class BlobEvents {
  readonly #blobs: Blobs;

  constructor(@Inject(BLOBS) blobs: Blobs) {
    this.#blobs = blobs;
  }

  put(socket: ChatSocket, request: BlobPut): Promise<{ missing: number }> {
    return this.#blobs.put(asMember(socket).data.seat, socket.data.address, request);
  }

  get(socket: ChatSocket, request: BlobGet): Promise<{ bytes: Bytes }> {
    return this.#blobs.get(asMember(socket).data.seat, request);
  }
}
