import { AttachmentOpener, BcError, type AttachmentKey, type Bytes, type Suite } from '@bytechat/crypto';
import { ClientError } from '../errors.ts';
import type { Patience } from './patience.ts';

/** Chunks that are asked for at once: enough for a distant server, few enough that messages don't wait behind them. */
const AT_ONCE = 3;

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
      for (const bytes of await nextChunks(opener, key, patience)) {
        await opener.add(bytes);
        progress(opener.next, opener.chunks);
      }
    }
    return await opener.finish();
  } catch (error) {
    opener.erase();
    throw error instanceof BcError ? new ClientError('ERR_FILE_DAMAGED') : error;
  }
}

function nextChunks(
  { next, chunks }: AttachmentOpener,
  { fileId }: AttachmentKey,
  patience: Patience,
): Promise<Bytes[]> {
  const wanted = Array.from({ length: Math.min(AT_ONCE, chunks - next) }, (_, at) => ({
    fileId,
    i: next + at,
  }));
  return Promise.all(
    wanted.map(async (request) => (await patience.ask((port) => port.getChunk(request))).bytes),
  );
}
