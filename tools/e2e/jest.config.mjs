import preset from '../../jest.preset.mjs';

/** Stories in a real Chromium against the built gateway and page: slow to start, so the limit is generous. */
export default { ...preset, displayName: 'e2e', testTimeout: 120_000, maxWorkers: 1 };
