/** Plaintext bytes of one chunk, and what AES-GCM adds to it (PROTOCOL decision 25). */
export const CHUNK_BYTES = 32 * 1024;
export const CHUNK_OVERHEAD = 16;
/** No file may be larger, whatever a server allows. */
export const MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024;

/**
 * The size that a file is padded to, which hides all but the first bits of its own: at most 12 % more (Padmé,
 * https://lbarman.ch/blog/padme/).
 * @param size in bytes, at least 1
 */
export function paddedSize(size: number): number {
  if (size < 2) return size;
  const exponent = Math.floor(Math.log2(size));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return step > 1 ? Math.ceil(size / step) * step : size;
}

export const chunkCount = (padded: number): number => Math.ceil(padded / CHUNK_BYTES);

/** How many bytes all chunks of a file have together, encrypted. */
export const sealedSize = (padded: number): number => padded + chunkCount(padded) * CHUNK_OVERHEAD;
