import type { Entry } from '@bytechat/rooms';
import type { ChatSocket } from '../edge/chat-socket.ts';
import type { FanOut } from './fan-out.ts';

/** How many members hear of a newcomer at once (PROTOCOL decision 22). */
const FIRST_ADMITTERS = 3;

/** Asks the lowest-ranked members to let a newcomer in, and all the others when that took too long. */
export function askForAdmission(
  socket: ChatSocket,
  { admitters, kp, seat }: Entry,
  fanOut: FanOut,
  widenAfterMs: number,
): void {
  if (kp === undefined) return;
  fanOut.newcomer(admitters.slice(0, FIRST_ADMITTERS), kp);
  const others = admitters.slice(FIRST_ADMITTERS);
  if (others.length === 0) return;
  setTimeout(() => {
    const stillWaits = socket.connected && socket.data.seat === seat;
    if (stillWaits) fanOut.newcomer(others, kp);
  }, widenAfterMs).unref();
}
