import { MAX_TEXT_LENGTH, type Bytes } from '@bytechat/protocol';
import { ClientError } from './errors.ts';

/** Refuses what can't be sent as a text. @throws {ClientError} ERR_TEXT_EMPTY, ERR_TEXT_TOO_LONG. */
export function requireText(text: string): void {
  if (text.trim() === '') throw new ClientError('ERR_TEXT_EMPTY');
  if (text.length > MAX_TEXT_LENGTH) throw new ClientError('ERR_TEXT_TOO_LONG');
}

/** The text, or undefined when the bytes are not UTF-8. */
export function decodeText(body: Bytes): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
