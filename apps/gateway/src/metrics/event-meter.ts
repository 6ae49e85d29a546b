import type { Refusal } from '@bytechat/protocol';
import type { Metrics } from './metrics.ts';

/** What the dispatch of events tells: see `edge/dispatch.ts`. */
export interface EventMeter {
  /** An event was refused because the connection sends too many. */
  flooded(): void;
  /** An event was answered, this long after it came. Its name is the client's: it may be anything. */
  answered(event: string, answer: object, ms: number): void;
}

export function eventMeter(metrics: Metrics): EventMeter {
  return {
    flooded: () => metrics.count('bytechat_rate_limited_total', { limiter: 'events' }),
    answered: (event, answer, ms) => {
      if (event === 'send_message') metrics.observe('bytechat_publish_ack_seconds', {}, ms / 1_000);
      const code = isRefusal(answer) ? answer.error.code : undefined;
      if (code === 'ERR_FORMAT') metrics.count('bytechat_invalid_frames_total', { layer: 'event' });
      if (code === 'ERR_RATE' && event === 'signal')
        metrics.count('bytechat_rate_limited_total', { limiter: 'signals' });
    },
  };
}

const isRefusal = (answer: object): answer is Refusal => 'ok' in answer && answer.ok === false;
