import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startRedis, type RedisProcess } from '@bytechat/testing';
import type { Gateway } from '../gateway.ts';
import { Harness } from '../testing/harness.ts';
import { random } from '../testing/person.ts';
import { scrape } from '../testing/scrape.ts';
import { tellWholeStory } from '../testing/whole-story.ts';
import { ALERTS, alertRules } from './alerts.ts';
import { dashboard } from './dashboard.ts';
import { METRICS, PROCESS_METRICS } from './metric-list.ts';
import type { MetricSpec } from './metric-spec.ts';

/** The list of metrics against what a gateway with a Redis tells, and the files that are made from it. */

const root = join(import.meta.dirname, '../../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const harness = new Harness();
let redis: RedisProcess;
beforeAll(async () => {
  redis = await startRedis();
});
afterEach(() => harness.end());
afterAll(() => redis.stop());

const pod = (): Promise<Gateway> =>
  harness.gateway({
    redis: { kind: 'standalone', url: redis.url },
    secretKey: random(32),
    trustedProxies: ['127.0.0.1'],
  });

const specs: Record<string, MetricSpec> = { ...METRICS, ...PROCESS_METRICS };

const queriesOf = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('expr' in value) return [String(value.expr)];
  return Object.values(value).flatMap(queriesOf);
};
const namesIn = (query: string): string[] => query.match(/\b(?:bytechat|nodejs|process)_[a-z0-9_]+/g) ?? [];

const dashboardQueries = queriesOf(dashboard());
const alertQueries = ALERTS.map(({ expr }) => expr);

describe('the list of metrics', () => {
  test('is what a scrape has, name by name, type by type', async () => {
    const types = (await scrape(await pod())).types();
    for (const [name, { type }] of Object.entries(specs))
      expect([name, types.get(name)]).toEqual([name, type]);
    const own = [...types.keys()].filter((name) => name.startsWith('bytechat_'));
    expect(own.filter((name) => !(name in METRICS))).toEqual([]);
    expect([...types.values()]).not.toContain('summary');
  });

  test('names everything as Prometheus wants it: base units, counters with _total', () => {
    for (const [name, { type }] of Object.entries(specs)) {
      expect(name).toMatch(/^[a-z][a-z0-9_]+$/);
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      expect(name).not.toMatch(/_(ms|milliseconds|kb|mb|percent)(_|$)/);
    }
  });

  test('leaves a gateway without Redis without the metrics of Redis', async () => {
    const names = (await scrape(await harness.gateway())).names();
    expect(names).toContain('bytechat_connections');
    expect([...names].filter((name) => name.includes('redis'))).toEqual([]);
  });
});

describe('the labels', () => {
  test('have a series for each of their values from the start', async () => {
    const found = await scrape(await pod());
    expect(found.value('bytechat_messages_published_total{result="ERR_BUSY"}')).toBe(0);
    expect(found.value('bytechat_recoveries_total{recovered="false"}')).toBe(0);
    expect(found.value('bytechat_redis_command_seconds_count{script="append"}')).toBe(0);
  });

  test('get no further value, whatever people do', async () => {
    const gateway = await pod();
    await tellWholeStory(harness, gateway);
    for (const [, name = '', label = '', value = ''] of (await scrape(gateway)).text.matchAll(
      /^(bytechat_\w+?)(?:_bucket|_sum|_count)?\{(?:le="[^"]*",)?(\w+)="([^"]*)"/gm,
    )) {
      if (label !== 'le')
        expect([name, specs[name]?.labels[label]]).toEqual([name, expect.arrayContaining([value])]);
    }
  });

  test('and everything else a scrape tells have nothing of anybody', async () => {
    const gateway = await pod();
    const canaries = await tellWholeStory(harness, gateway);
    const { text } = await scrape(gateway);
    const log = harness.logLines.join('');
    expect(text).toContain('bytechat_messages_published_total{result="stored"} 1');
    expect(log).toContain('Rooms live in Redis');
    for (const canary of canaries) {
      expect(text).not.toContain(canary);
      expect(log).not.toContain(canary);
    }
  });
});

describe('the dashboard', () => {
  test('shows every metric', () => {
    const shown = new Set(dashboardQueries.flatMap(namesIn).map((name) => name.replace(/_bucket$/, '')));
    expect([...shown].sort()).toEqual(Object.keys(specs).sort());
  });

  test('is the file that is provisioned (node apps/gateway/src/metrics/print-dashboard.ts)', () => {
    expect(read('deploy/grafana/bytechat.json')).toBe(`${JSON.stringify(dashboard(), undefined, 2)}\n`);
  });

  test('calls no two panels the same', () => {
    const { panels } = dashboard() as { panels: { title: string }[] };
    const titles = panels.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });

  test('chooses by job and instance', () => {
    for (const query of dashboardQueries) expect(query).toContain('{job=~"$job",instance=~"$instance"}');
    for (const name of ['job', 'instance'])
      expect(dashboard()).toMatchObject({
        templating: { list: expect.arrayContaining([expect.objectContaining({ name })]) },
      });
  });
});

describe('the alert rules', () => {
  test('are the file that Prometheus loads (node apps/gateway/src/metrics/print-alerts.ts)', () => {
    expect(read('deploy/prometheus/alerts.yaml')).toBe(alertRules());
  });

  test('each have a row in the operations guide that says what to do', () => {
    const guide = read('docs/OPERATIONS.md');
    for (const { name } of ALERTS) expect(guide).toContain(`\`${name}\``);
  });

  test('are what promtool accepts, where there is one', () => {
    try {
      execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    } catch {
      console.warn('promtool is not installed: the syntax of the alert rules was not checked.');
      return;
    }
    const check = execFileSync('promtool', ['check', 'rules', join(root, 'deploy/prometheus/alerts.yaml')]);
    expect(check.toString()).toContain(`${ALERTS.length} rules found`);
  });
});

test('every query of dashboard and alerts asks for what a live scrape has, by labels it has', async () => {
  const names = (await scrape(await pod())).names();
  for (const query of [...dashboardQueries, ...alertQueries]) {
    expect(namesIn(query)).not.toEqual([]);
    for (const name of namesIn(query)) expect(names).toContain(name);
    for (const [, name = '', label = '', value = ''] of query.matchAll(/(\w+)\{(\w+)=~?"([^$"]+)"/g))
      expect(specs[name]?.labels[label]).toEqual(expect.arrayContaining(value.split('|')));
  }
});
