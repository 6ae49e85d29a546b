import preset from '../../jest.preset.mjs';

/** Real processes that are killed while people talk: slow, so the limit is generous. Two runs share two cores well. */
export default { ...preset, displayName: 'chaos', testTimeout: 240_000, maxWorkers: 2 };
