import type { Texts } from '../texts.ts';
import { AR_ATTACHMENTS } from './attachments.ts';
import { AR_CONVERSATION } from './conversation.ts';
import { AR_DOOR } from './door.ts';
import { AR_ERRORS } from './errors.ts';
import { AR_ROOM } from './room.ts';
import { AR_SAFETY } from './safety.ts';

export const TEXTS: Texts = {
  ...AR_ATTACHMENTS,
  ...AR_DOOR,
  ...AR_ROOM,
  ...AR_SAFETY,
  ...AR_ERRORS,
  ...AR_CONVERSATION,
};
