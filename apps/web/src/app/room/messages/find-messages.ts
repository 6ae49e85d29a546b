import type { ChatMessage } from '@bytechat/client';

/** Messages that are shown as found. */
const MOST = 20;

/** Those whose text or sender has every word, newest first; without a word the newest. Case and accents don't matter. */
export function findMessages(messages: Iterable<ChatMessage>, query: string): readonly ChatMessage[] {
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found: ChatMessage[] = [];
  for (const message of [...messages].toReversed()) {
    if (message.deleted === true || message.text === '') continue;
    const where = plain(`${message.name} ${message.text}`);
    if (words.every((word) => where.includes(word))) found.push(message);
    if (found.length === MOST) break;
  }
  return found;
}

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
