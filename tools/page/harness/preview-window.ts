import type { ChatMessage, RoomEvent } from '@bytechat/client';

/** What the preview puts on its window for whoever wants things to happen in the room. */
export interface PreviewWindow {
  preview: { emit(...events: readonly RoomEvent[]): void };
  aMessage(changes: Partial<ChatMessage>): ChatMessage;
}
