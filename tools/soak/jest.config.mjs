import preset from '../../jest.preset.mjs';

/** The figures only: what happens in hours is told by `npm run soak`. */
export default { ...preset, displayName: 'soak' };
