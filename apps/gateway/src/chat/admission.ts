import type { Entry } from '@bytechat/rooms';
import type { ChatSocket } from '../edge/chat-socket.ts';
import type { FanOut } from './fan-out.ts';

/** Asks the lowest-ranked members to let a newcomer in, and all the others when that took too long (PROTOCOL decision 22). */
export function askForAdmission(
  socket: ChatSocket,
  { admitters, kp, seat }: Entry,
  fanOut: FanOut,
  widenAfterMs: number,
): void {
  if (kp === undefined) return;
  fanOut.newcomer(admitters, kp);
  setTimeout(() => {
    const stillWaits = socket.connected && socket.data.seat === seat;
    if (stillWaits) fanOut.newcomerToOthers(seat.rid, admitters, kp);
  }, widenAfterMs).unref();
}
