import type { AckBodies, BlobGet, BlobPut } from '@bytechat/protocol';
import type { Suite } from '@bytechat/crypto';

/** The room that files go into and come from. It is another object after every rejoin. */
export interface FilePort {
  readonly suite: Suite;
  /** False while nothing could go anywhere. */
  ready(): boolean;
  /** Both throw {ClientError} for a refusal and {TransportError}. */
  putChunk(request: BlobPut): Promise<AckBodies['blob_put']>;
  getChunk(request: BlobGet): Promise<AckBodies['blob_get']>;
}
