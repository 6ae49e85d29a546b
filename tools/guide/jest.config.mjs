import preset from '../../jest.preset.mjs';

/** The commands that people are told to type, run as they stand there, over the built product. */
export default { ...preset, displayName: 'guide', testTimeout: 60_000, maxWorkers: 1 };
