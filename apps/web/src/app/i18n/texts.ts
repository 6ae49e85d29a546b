import { EN_ATTACHMENTS } from './en/attachments.ts';
import { EN_CONVERSATION } from './en/conversation.ts';
import { EN_DOOR } from './en/door.ts';
import { EN_ERRORS } from './en/errors.ts';
import { EN_ROOM } from './en/room.ts';
import { EN_SAFETY } from './en/safety.ts';

/** The name of the product, the same in every language. */
export const PRODUCT = 'ByteChat';

/** Every sentence of the interface in English; the type that every other language must fill. */
export const ENGLISH = {
  ...EN_ATTACHMENTS,
  ...EN_DOOR,
  ...EN_ROOM,
  ...EN_SAFETY,
  ...EN_ERRORS,
  ...EN_CONVERSATION,
};

export type Texts = typeof ENGLISH;
export type DoorTexts = typeof EN_DOOR;
export type RoomTexts = typeof EN_ROOM;
export type SafetyTexts = typeof EN_SAFETY;
export type ErrorTexts = typeof EN_ERRORS;
export type ConversationTexts = typeof EN_CONVERSATION;
export type AttachmentTexts = typeof EN_ATTACHMENTS;
