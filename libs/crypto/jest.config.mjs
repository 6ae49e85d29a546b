import preset from '../../jest.preset.mjs';

/** The attacks that flip every byte of a frame take seconds on a busy machine. */
export default { ...preset, displayName: 'crypto', testTimeout: 30_000 };
