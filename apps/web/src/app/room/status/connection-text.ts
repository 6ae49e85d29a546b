import type { ConnectionState } from '@bytechat/client';
import { secondsInWords } from '../../clock/durations.ts';
import type { Texts } from '../../i18n/texts.ts';

/** How the connection stands, for the eye: calm, moving, or broken. */
export type ConnectionTone = 'good' | 'busy' | 'bad';

export function connectionTone(connection: ConnectionState): ConnectionTone {
  switch (connection.state) {
    case 'online':
      return 'good';
    case 'connecting':
    case 'recovering':
      return 'busy';
    case 'idle':
    case 'waiting':
    case 'closed':
      return 'bad';
  }
}

/** One or two words for the chip. */
export function connectionWord(connection: ConnectionState, texts: Texts['connection']): string {
  if (connection.state === 'waiting' || connection.state === 'closed') return texts.offline;
  return texts[connection.state];
}

/** What the banner says while the connection is away; undefined while it is there. `now` in ms. */
export function connectionTrouble(
  connection: ConnectionState,
  now: number,
  texts: Texts['connection'],
  locale: string,
): string | undefined {
  if (connection.state === 'closed') return texts.attempts;
  if (connection.state !== 'waiting') return undefined;
  const seconds = Math.ceil((connection.retryAt - now) / 1_000);
  return seconds > 0 ? texts.waiting(secondsInWords(seconds, locale)) : texts.waitingNow;
}
