import type { Texts } from '../texts.ts';
import { JA_ATTACHMENTS } from './attachments.ts';
import { JA_CONVERSATION } from './conversation.ts';
import { JA_DOOR } from './door.ts';
import { JA_ERRORS } from './errors.ts';
import { JA_ROOM } from './room.ts';
import { JA_SAFETY } from './safety.ts';

export const TEXTS: Texts = {
  ...JA_ATTACHMENTS,
  ...JA_DOOR,
  ...JA_ROOM,
  ...JA_SAFETY,
  ...JA_ERRORS,
  ...JA_CONVERSATION,
};
