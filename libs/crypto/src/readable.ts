import { decodeManifest } from './attachment-manifest.ts';
import { type Content, CONTENT_TYPES } from './content.ts';
import { readMessageBody } from './message-body.ts';

/**
 * What its sender may not say, no receiver takes either.
 * @throws BcError ERR_FORMAT, ERR_TEXT_TOO_LONG
 */
export function requireReadable(content: Pick<Content, 'type' | 'body'>): void {
  if (content.type === CONTENT_TYPES.attachment) decodeManifest(content.body);
  else readMessageBody(content);
}
