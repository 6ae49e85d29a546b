import preset from '../../jest.preset.mjs';

/** Real gateways and Redis, people of the SDK: it ends when everybody sees the same. */
export default { ...preset, displayName: 'crowd', testTimeout: 240_000, maxWorkers: 1 };
