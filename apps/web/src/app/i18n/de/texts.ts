import type { Texts } from '../texts.ts';
import { DE_ATTACHMENTS } from './attachments.ts';
import { DE_CONVERSATION } from './conversation.ts';
import { DE_DOOR } from './door.ts';
import { DE_ERRORS } from './errors.ts';
import { DE_ROOM } from './room.ts';
import { DE_SAFETY } from './safety.ts';

export const TEXTS: Texts = {
  ...DE_ATTACHMENTS,
  ...DE_DOOR,
  ...DE_ROOM,
  ...DE_SAFETY,
  ...DE_ERRORS,
  ...DE_CONVERSATION,
};
