import { DEFAULT_MESSAGE_TTL_SECONDS } from '@bytechat/protocol';

/** Message lives on offer, in seconds; each within the wire's limits. */
export const LIFETIMES: readonly number[] = [60, 300, 1_800, DEFAULT_MESSAGE_TTL_SECONDS, 28_800, 86_400];
