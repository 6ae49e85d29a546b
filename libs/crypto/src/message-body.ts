import { type Bytes, concat, utf8 } from './bytes.ts';
import { type Content, CONTENT_TYPES, decodeText, requireShort } from './content.ts';
import { isEmoji } from './emoji.ts';
import { BcError } from './errors.ts';
import { Reader } from './reader.ts';
import { u8 } from './writer.ts';

/** A message is named by its item hash: what the transcript folds, so all members mean the same bytes. */
export const REF_BYTES = 32;

const OPS = { edit: 1, delete: 2 } as const;

/** What the body of a text, reply, edit or reaction says. `ref`: the message that it is about. */
export type MessageBody =
  | { kind: 'text'; text: string }
  | { kind: 'reply'; ref: Bytes; text: string }
  | { kind: 'edit'; ref: Bytes; text: string }
  | { kind: 'delete'; ref: Bytes }
  | { kind: 'reaction'; ref: Bytes; on: boolean; emoji: string };

/** The kind of content, and its bytes. @throws BcError ERR_TEXT_TOO_LONG, ERR_FORMAT (no emoji, a ref of another length) */
export function encodeMessageBody(said: MessageBody): Pick<Content, 'type' | 'body'> {
  const encoded = { type: typeOf(said), body: bytesOf(said) };
  readMessageBody(encoded);
  return encoded;
}

/**
 * Undefined for content of another kind. Sender and every receiver refuse the same.
 * @throws BcError ERR_FORMAT, ERR_TEXT_TOO_LONG
 */
export function readMessageBody({ type, body }: Pick<Content, 'type' | 'body'>): MessageBody | undefined {
  const reader = new Reader(body);
  switch (type) {
    case CONTENT_TYPES.text:
      return { kind: 'text', text: readText(reader) };
    case CONTENT_TYPES.reply:
      return { kind: 'reply', ref: reader.bytes(REF_BYTES), text: readText(reader) };
    case CONTENT_TYPES.edit:
      return readEdit(reader);
    case CONTENT_TYPES.reaction:
      return readReaction(reader);
    default:
      return undefined;
  }
}

function readEdit(reader: Reader): MessageBody {
  const ref = reader.bytes(REF_BYTES);
  const op = reader.u8();
  if (op === OPS.edit) return { kind: 'edit', ref, text: readText(reader) };
  if (op !== OPS.delete) throw new BcError('ERR_FORMAT', 'an edit changes or deletes');
  reader.end();
  return { kind: 'delete', ref };
}

function readReaction(reader: Reader): MessageBody {
  const ref = reader.bytes(REF_BYTES);
  const on = reader.u8();
  const emoji = decodeText(reader.rest());
  if (on > 1) throw new BcError('ERR_FORMAT', 'a reaction is given or taken back');
  if (!isEmoji(emoji)) throw new BcError('ERR_FORMAT', 'a reaction is one emoji');
  return { kind: 'reaction', ref, on: on === 1, emoji };
}

function readText(reader: Reader): string {
  const text = decodeText(reader.rest());
  requireShort(text);
  return text;
}

function typeOf({ kind }: MessageBody): number {
  return kind === 'delete' ? CONTENT_TYPES.edit : CONTENT_TYPES[kind];
}

function bytesOf(said: MessageBody): Bytes {
  switch (said.kind) {
    case 'text':
      return utf8(said.text);
    case 'reply':
      return concat(said.ref, utf8(said.text));
    case 'edit':
      return concat(said.ref, u8(OPS.edit), utf8(said.text));
    case 'delete':
      return concat(said.ref, u8(OPS.delete));
    case 'reaction':
      return concat(said.ref, u8(said.on ? 1 : 0), utf8(said.emoji));
  }
}
