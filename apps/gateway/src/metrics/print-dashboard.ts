import { dashboard } from './dashboard.ts';

process.stdout.write(`${JSON.stringify(dashboard(), undefined, 2)}\n`);
