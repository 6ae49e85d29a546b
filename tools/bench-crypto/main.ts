import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundledWorker } from '../engines/bundle.ts';
import { openChromium } from '../engines/chromium.ts';
import { servePage } from '../engines/served-page.ts';
import { judged, missed } from './bars.ts';
import { measure, measureAlone, type Asked, type Row } from './measure.ts';

const USAGE = `Measures what the protocol costs its members.

  npm run bench:crypto -- [--runtime node|chromium] [--members 10,100,1000] [--suite 2] [--rounds 10] [--json FILE]

  --json FILE   write {runtime, rows: [{members, suite, operation, ms, bytes}]}; ms are the best of the rounds
`;

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'chromium' },
    members: { type: 'string', default: '10,100,1000' },
    suite: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '10' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** Where measuring happens: here, or in a worker of a browser. */
interface Place {
  name: string;
  measure(asked: Asked): Promise<Row[]>;
  measureAlone(rounds: number): Promise<Omit<Row, 'members' | 'suite'>[]>;
  close(): Promise<void>;
}

await main();

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(USAGE);
  const suite = values.suite === '1' ? 1 : 2;
  const rounds = Number(values.rounds);
  const place = values.runtime === 'node' ? inNode() : await inChromium();
  try {
    const rows: Row[] = (await place.measureAlone(rounds)).map((row) => ({ members: 0, suite, ...row }));
    for (const members of values.members.split(',').map(Number)) {
      rows.push(...(await place.measure({ members, suite, rounds })));
    }
    report(place.name, rows);
  } finally {
    await place.close();
  }
}

function report(runtime: string, rows: readonly Row[]): void {
  process.stdout.write(`${runtime}\n${judged(rows).join('\n')}\n`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ runtime, rows }, undefined, 2)}\n`);
  if (values.runtime !== 'node' && missed(rows).length > 0) process.exitCode = 1;
}

function inNode(): Place {
  return { name: `Node ${process.versions.node}`, measure, measureAlone, close: () => Promise.resolve() };
}

async function inChromium(): Promise<Place> {
  const page = await servePage(await bundledWorker());
  const engine = await openChromium(page.url);
  return {
    name: `Chromium ${engine.version}`,
    measure: (asked) => engine.run('bench', asked),
    measureAlone: (rounds) => engine.run('benchAlone', rounds),
    close: async () => {
      await engine.close();
      await page.close();
    },
  };
}
