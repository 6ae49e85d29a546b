import { expect, test } from '@jest/globals';
import { judged } from './bars.ts';
import { measure } from './measure.ts';
import { table } from './table.ts';
import { VARIANTS } from './variants.ts';

test('The benchmark loses nothing, and tells what a delivery costs each of them', async () => {
  const workload = { name: 'A500', what: '', rooms: 2, size: 5, perSecond: 20 };
  const variants = VARIANTS.filter(({ name }) => ['ws', 'bytechat'].includes(name));
  const rows = await measure(workload, variants, { rounds: 1, seconds: 1 });
  expect(rows.map(({ variant, lost }) => ({ variant, lost }))).toEqual([
    { variant: 'ws', lost: 0 },
    { variant: 'bytechat', lost: 0 },
  ]);
  expect(table(rows).split('\n')).toHaveLength(4);
});

test('A bar is met up to its ratio, and only what was measured is judged', () => {
  const row = (variant: string, cpuMicros: number) => ({
    ...{ workload: 'A500', variant, cpuMicros, deliveriesPerCpuSecond: 1e6 / cpuMicros },
    ...{ cpuMicrosPerJoin: 0, bytesPerMember: 0, lost: 0 },
  });
  expect(judged([row('ws', 10), row('bytechat', 11.5)])).toMatchObject([{ ratio: 1.15, isMet: true }]);
  expect(judged([row('ws', 10), row('bytechat', 11.6)])).toMatchObject([{ isMet: false }]);
  expect(judged([row('ws', 10)])).toEqual([]);
});
