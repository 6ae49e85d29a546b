import { parseArgs } from 'node:util';
import { Seeded } from '../chaos/plant/seeded.ts';
import { Crowd } from './crowd.ts';
import { threeGateways } from './gateways.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '100' },
    acts: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});

/** The property of crowd.spec.ts with as many people as one likes: `npm run crowd -- --clients 100`. */
const gateways = await threeGateways();
try {
  process.stdout.write(`seed ${values.seed}\n`);
  const crowd = new Crowd({
    clients: Number(values.clients),
    acts: Number(values.acts),
    gateways: gateways.urls,
    random: new Seeded(Number(values.seed)),
    told: (line) => process.stdout.write(`${line}\n`),
  });
  const { commits, messages, ...wrong } = await crowd.run();
  process.stdout.write(`${commits} commits, ${messages} messages; ${JSON.stringify(wrong)}\n`);
  if (Object.values(wrong).some((list) => list.length > 0)) process.exitCode = 1;
} finally {
  await gateways.stop();
}
