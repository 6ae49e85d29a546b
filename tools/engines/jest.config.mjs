import preset from '../../jest.preset.mjs';

/** Real browsers, one at a time. */
export default { ...preset, displayName: 'engines', testTimeout: 120_000, maxWorkers: 1 };
