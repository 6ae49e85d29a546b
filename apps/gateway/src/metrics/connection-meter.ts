import { NOTICES, type NoticeCode, type ServerToClient } from '@bytechat/protocol';
import type { ChatSocket } from '../edge/chat-socket.ts';
import type { LabelsOf, Metrics } from './metrics.ts';

type Hint = ServerToClient['new_message'];
type EndCode = LabelsOf<'bytechat_disconnects_total'>['code'];

/** Socket.IO's own reasons. What isn't listed is this server's doing. */
const CODE_OF_REASON: Record<string, EndCode> = {
  'transport close': 'CLIENT',
  'client namespace disconnect': 'CLIENT',
  'ping timeout': 'PING_TIMEOUT',
  'transport error': 'ERROR',
  'parse error': 'ERROR',
  'forced close': 'SLOW',
};

/** Counts what one connection is sent and what ends it. */
export function meterConnection(socket: ChatSocket, metrics: Metrics): void {
  let announced: EndCode | undefined;
  socket.onAnyOutgoing((event: string, payload: unknown) => {
    if (event === 'new_message') delivered(payload as Hint, metrics);
    else if (event === 'server_notice') announced = endOf(payload as { code: NoticeCode }) ?? announced;
  });
  socket.on('disconnect', (reason) => {
    const code = announced ?? CODE_OF_REASON[reason] ?? 'SERVER';
    metrics.count('bytechat_disconnects_total', { code });
  });
}

let timed: Hint | undefined;

/** A broadcast hands the same object to every connection; timing the first of them is enough, and cheap. */
function delivered(hint: Hint, metrics: Metrics): void {
  metrics.count('bytechat_messages_delivered_total', {});
  if (hint === timed) return;
  timed = hint;
  metrics.observe('bytechat_delivery_seconds', {}, Math.max(0, Date.now() - hint.at) / 1_000);
}

/** The notices that are followed by the end; EXPIRING may be followed by something else. */
function endOf({ code }: { code: NoticeCode }): EndCode | undefined {
  return code !== 'EXPIRING' && code in NOTICES ? code : undefined;
}
