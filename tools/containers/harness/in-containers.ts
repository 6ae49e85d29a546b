import { describe } from '@jest/globals';

/** `describe` where there can be containers (set-up.mjs has found out), else a skipped one. */
export const inContainers = process.env['BYTECHAT_CONTAINERS'] === 'yes' ? describe : describe.skip;
