import type { Attachment, ChatMessage, Member, RoomEvent } from '@bytechat/client';
import { aMessage } from '../testing/fake-room-client.ts';
import { aPicture } from './picture.ts';

const MINUTE = 60_000;

/** People who have sent files, with one on its way and one that found no space. */
export function filesSent([heron, fox, lukasz]: readonly Member[]): RoomEvent[] {
  const now = Date.now();
  const picture = { mediaType: 'image/jpeg', width: 2_048, height: 1_280, preview: aPicture() };
  const sent = (
    id: string,
    sender: Member,
    minutesAgo: number,
    attachment: Attachment,
    changes: Partial<ChatMessage> = {},
  ): RoomEvent => {
    const { mid, name, self } = sender;
    const sentAt = now - minutesAgo * MINUTE;
    return {
      type: 'message',
      message: aMessage({ id, mid, name, own: self, text: '', sentAt, attachment, ...changes }),
    };
  };
  return [
    sent('a1', heron!, 14, { ...picture, name: 'the hills on Saturday.jpg', size: 412_000 }),
    sent('a2', lukasz!, 12, { name: 'umowa-najmu-2026.pdf', mediaType: 'application/pdf', size: 1_840_000 }),
    sent('a3', fox!, 8, { ...picture, name: 'mine.jpg', size: 388_000 }, { state: 'delivered' }),
    sent(
      'a4',
      fox!,
      2,
      {
        name: 'a-recording-with-a-rather-long-name-that-has-to-break-somewhere.flac',
        mediaType: 'audio/flac',
        size: 4_900_000,
      },
      { state: 'failed', error: 'ERR_BLOB_FULL' },
    ),
    sent(
      'a5',
      fox!,
      0,
      { name: 'plan.pdf', mediaType: 'application/pdf', size: 3_100_000 },
      { state: 'sending' },
    ),
    { type: 'transfer', transfer: { id: 'a5', direction: 'up', done: 37, total: 95 } },
  ];
}
