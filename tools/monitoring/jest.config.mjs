import preset from '../../jest.preset.mjs';

/** Stories with a real Prometheus and the built gateways, where this machine has a Prometheus. */
export default { ...preset, displayName: 'monitoring', testTimeout: 90_000, maxWorkers: 1 };
