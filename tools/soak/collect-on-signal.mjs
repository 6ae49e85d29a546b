import { writeFileSync } from 'node:fs';

/**
 * Loaded into a gateway before it starts (`node --expose-gc --import`): at SIGUSR2 it collects its garbage and writes down
 * how much is left, so that what waits to be collected is not taken for a leak.
 */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  writeFileSync(`${process.env['SOAK_FOLDER']}/${process.pid}`, String(process.memoryUsage().heapUsed));
});
