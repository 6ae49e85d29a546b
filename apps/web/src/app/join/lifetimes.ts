import { DEFAULT_MESSAGE_TTL_SECONDS } from '@bytechat/protocol';

/** Message lives on offer, in seconds; each within the wire's limits. */
export const LIFETIMES: readonly { seconds: number; label: string }[] = [
  { seconds: 60, label: '1 min' },
  { seconds: 300, label: '5 min' },
  { seconds: 1_800, label: '30 min' },
  { seconds: DEFAULT_MESSAGE_TTL_SECONDS, label: '1 hour' },
  { seconds: 28_800, label: '8 hours' },
  { seconds: 86_400, label: '24 hours' },
];
