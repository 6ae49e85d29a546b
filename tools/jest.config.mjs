import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import preset from '../jest.preset.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Folders such as e2e/ with a jest.config.mjs are suites of their own. */
const ownSuites = readdirSync(here).filter((name) => existsSync(`${here}/${name}/jest.config.mjs`));

export default {
  ...preset,
  displayName: 'tools',
  testPathIgnorePatterns: [
    ...preset.testPathIgnorePatterns,
    ...ownSuites.map((name) => `<rootDir>/${name}/`),
  ],
};
