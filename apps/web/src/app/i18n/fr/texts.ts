import type { Texts } from '../texts.ts';
import { FR_ATTACHMENTS } from './attachments.ts';
import { FR_CONVERSATION } from './conversation.ts';
import { FR_DOOR } from './door.ts';
import { FR_ERRORS } from './errors.ts';
import { FR_ROOM } from './room.ts';
import { FR_SAFETY } from './safety.ts';

export const TEXTS: Texts = {
  ...FR_ATTACHMENTS,
  ...FR_DOOR,
  ...FR_ROOM,
  ...FR_SAFETY,
  ...FR_ERRORS,
  ...FR_CONVERSATION,
};
