import type { Texts } from '../texts.ts';
import { ES_ATTACHMENTS } from './attachments.ts';
import { ES_CONVERSATION } from './conversation.ts';
import { ES_DOOR } from './door.ts';
import { ES_ERRORS } from './errors.ts';
import { ES_ROOM } from './room.ts';
import { ES_SAFETY } from './safety.ts';

export const TEXTS: Texts = {
  ...ES_ATTACHMENTS,
  ...ES_DOOR,
  ...ES_ROOM,
  ...ES_SAFETY,
  ...ES_ERRORS,
  ...ES_CONVERSATION,
};
