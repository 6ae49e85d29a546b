import { AttachmentOpener, BcError, type AttachmentKey, type Bytes, type Suite } from '@bytechat/crypto';
import { ClientError } from '../errors.ts';
import type { Patience } from './patience.ts';

/**
 * Fetches a file and opens it, each chunk verified as it comes and all of it at the end: what comes out is what its
 * sender has signed for, or nothing.
 * @throws {ClientError} ERR_FILE_DAMAGED, ERR_BLOB_NOT_FOUND, ERR_CANCELLED
 */
export async function download(
  key: AttachmentKey,
  suite: Suite,
  patience: Patience,
  progress: (done: number, total: number) => void,
): Promise<Bytes> {
  const opener = new AttachmentOpener(suite, key);
  try {
    while (opener.next < opener.chunks) {
      const request = { fileId: key.fileId, i: opener.next };
      const { bytes } = await patience.ask((port) => port.getChunk(request));
      await opener.add(bytes);
      progress(opener.next, opener.chunks);
    }
    return await opener.finish();
  } catch (error) {
    opener.erase();
    throw error instanceof BcError ? new ClientError('ERR_FILE_DAMAGED') : error;
  }
}
