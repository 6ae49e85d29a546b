import preset from '../../jest.preset.mjs';

/** The parts of the machinery. What people live through while it runs is told by `npm run chaos`. */
export default { ...preset, displayName: 'chaos' };
