import type { ChatMessage, SystemLine } from '@bytechat/client';
import type { TimelineEntry } from '../../session/timeline.ts';

/** What the message list shows, top to bottom. `key` is stable while the section grows at its end. */
export type Section =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'group'; key: string; mid: string; name: string; own: boolean; messages: readonly ChatMessage[] }
  | { kind: 'system'; key: string; lines: readonly SystemLine[] };

/** A pause after which the sender's name is shown again. */
const GROUP_PAUSE_MS = 5 * 60_000;
const MERGED_KINDS: ReadonlySet<SystemLine['kind']> = new Set(['joined', 'left', 'timeout', 'kicked']);

/**
 * Puts days, senders and alike system lines together. `dayOf` names the calendar day of a time, `unreadFrom` the
 * message before which the unread part begins.
 */
export function sectionsOf(
  entries: readonly TimelineEntry[],
  { dayOf = localDay, unreadFrom }: { dayOf?: (at: number) => string; unreadFrom?: string } = {},
): readonly Section[] {
  const sections: Section[] = [];
  let day: string | undefined;
  for (const entry of entries) {
    const at = timeOf(entry);
    if (dayOf(at) !== day) {
      day = dayOf(at);
      sections.push({ kind: 'day', key: `day ${day} ${entry.id}`, at });
    }
    if (entry.id === unreadFrom) sections.push({ kind: 'unread', key: `unread ${entry.id}` });
    append(sections, entry);
  }
  return sections;
}

/** The calendar day in the viewer's time zone. */
export function localDay(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function append(sections: Section[], entry: TimelineEntry): void {
  const last = sections.at(-1);
  if (entry.kind === 'system') {
    if (last?.kind === 'system' && isAlike(last.lines, entry.line)) {
      sections[sections.length - 1] = { ...last, lines: [...last.lines, entry.line] };
    } else sections.push({ kind: 'system', key: entry.id, lines: [entry.line] });
    return;
  }
  const { message } = entry;
  if (last?.kind === 'group' && continues(last, message)) {
    sections[sections.length - 1] = { ...last, messages: [...last.messages, message] };
    return;
  }
  const { mid, name, own } = message;
  sections.push({ kind: 'group', key: entry.id, mid, name, own, messages: [message] });
}

function continues(group: Extract<Section, { kind: 'group' }>, message: ChatMessage): boolean {
  const previous = group.messages.at(-1);
  return (
    previous !== undefined &&
    group.mid === message.mid &&
    group.name === message.name &&
    message.sentAt - previous.sentAt < GROUP_PAUSE_MS
  );
}

function isAlike(lines: readonly SystemLine[], line: SystemLine): boolean {
  return MERGED_KINDS.has(line.kind) && lines[0]?.kind === line.kind;
}

const timeOf = (entry: TimelineEntry): number =>
  entry.kind === 'message' ? entry.message.sentAt : entry.line.at;
