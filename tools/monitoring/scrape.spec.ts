import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, type RedisProcess } from '@bytechat/testing';
import { eventually } from '../containers/harness/eventually.ts';
import { Guest } from '../containers/harness/guest.ts';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { panels, queriesOf } from './harness/dashboard-file.ts';
import { Prometheus } from './harness/prometheus.ts';
import { rules } from './harness/rules-file.ts';
import { withPrometheus } from './harness/with-prometheus.ts';

/** What stays empty while nothing is wrong: their counters are there, their rates are not above nothing. */
const QUIET = [
  'Disconnects per second',
  'Recoveries per second',
  'Rate limited per second',
  'Auth failures per second',
  'Invalid frames per second',
];

withPrometheus('Three gateways that a Prometheus scrapes', () => {
  let redis: RedisProcess;
  let gateways: GatewayProcess[];
  let prometheus: Prometheus;

  beforeAll(async () => {
    redis = await startRedis();
    const env = {
      BYTECHAT_REDIS_URL: redis.url,
      BYTECHAT_SECRET_KEY: randomBytes(32).toString('hex'),
      BYTECHAT_DRAIN_SECONDS: '0',
    };
    gateways = await Promise.all([1, 2, 3].map(() => GatewayProcess.start(env)));
    prometheus = await Prometheus.scrapes(gateways.map(({ internalPort }) => internalPort));
    await eventually(
      () => prometheus.values('sum(up)'),
      ([up]) => up === 3,
    );
    const [one, two, three] = gateways.map(({ origin }) => origin) as [string, string, string];
    const { guest: ada, code } = await Guest.creates(one);
    const ben = await Guest.joins(two, code);
    const cleo = await Guest.joins(three, code);
    for (const text of ['one', 'two', 'three']) await ada.says(text);
    await Promise.all([ben.hears('three'), cleo.hears('three')]);
    await eventually(
      () => prometheus.values('sum(bytechat_messages_published_total{result="stored"})'),
      ([stored]) => stored === 3,
    );
  });

  afterAll(async () => {
    await Guest.everybodyLeaves();
    await prometheus.stop();
    await Promise.all(gateways.map((gateway) => gateway.kill()));
    await redis.stop();
  });

  test('are all up, and their sums are what happened', async () => {
    expect(await prometheus.values('sum(up)')).toEqual([3]);
    expect(await prometheus.values('sum(bytechat_connections)')).toEqual([3]);
    expect(await prometheus.values('count(bytechat_redis_up == 1)')).toEqual([3]);
  });

  test.each(panels().map((panel) => [panel.title, panel] as const))(
    'answers the panel "%s"',
    async (title, panel) => {
      for (const query of queriesOf(panel)) {
        const isShown = (lines: unknown[]) => QUIET.includes(title) || lines.length > 0;
        await eventually(() => prometheus.chart(query), isShown);
      }
    },
  );

  test('evaluate every alert without an error, and none cries', async () => {
    const states = await eventually(
      () => prometheus.rules(),
      (all) => all.every(({ health }) => health !== 'unknown'),
    );
    expect(states.map(({ name, health }) => ({ name, health }))).toEqual(
      rules().map(({ alert }) => ({ name: alert, health: 'ok' })),
    );
    expect(states.filter(({ state }) => state === 'firing')).toEqual([]);
  });

  test('write what promtool finds nothing to say about', async () => {
    for (const { internalPort } of gateways) {
      const text = await (await fetch(`http://127.0.0.1:${internalPort}/metrics`)).text();
      const { stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
      const remarks = stderr.split('\n').filter((line) => line !== '');
      // Of the metrics of Node itself, which prom-client names.
      expect(remarks.filter((line) => !line.startsWith('nodejs_'))).toEqual([]);
    }
  });

  test('raise the alarm when their Redis is gone', async () => {
    await redis.kill();
    await eventually(
      () => prometheus.rules(),
      (all) => all.some(({ name, state }) => name === 'ByteChatRedisDown' && state !== 'inactive'),
    );
  });
});
