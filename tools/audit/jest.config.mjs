import preset from '../../jest.preset.mjs';

/** What of the audit holds on any machine: how much a first visit loads, and that the bars are judged rightly. */
export default { ...preset, displayName: 'audit', rootDir: import.meta.dirname };
