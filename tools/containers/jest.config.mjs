import preset from '../../jest.preset.mjs';

/** Stories in real containers. set-up.mjs finds out whether this machine can have them, and makes the images. */
export default {
  ...preset,
  displayName: 'containers',
  globalSetup: './set-up.mjs',
  testTimeout: 120_000,
  maxWorkers: 1,
};
