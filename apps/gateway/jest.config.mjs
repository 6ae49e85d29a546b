import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'gateway', testTimeout: 20_000 };
