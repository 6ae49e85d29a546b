import preset from '../../../jest.preset.mjs';

/** The built preview in a real Chromium; needs `nx run web:build:preview` before. */
export default {
  ...preset,
  displayName: 'web in Chromium',
  rootDir: import.meta.dirname,
  testTimeout: 120_000,
};
