import preset from '../../jest.preset.mjs';

/** The built page in a real Chromium, over a stand-in for the room (`nx run web:build:preview`) or over the real one. */
export default {
  ...preset,
  displayName: 'page',
  rootDir: import.meta.dirname,
  testTimeout: 120_000,
  maxWorkers: 2,
};
