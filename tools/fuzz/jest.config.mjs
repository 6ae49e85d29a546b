import preset from '../../jest.preset.mjs';

/** Real gateways under attack; the limit is generous, and none is meant to be reached. */
export default { ...preset, displayName: 'fuzz', testTimeout: 180_000, maxWorkers: 2 };
