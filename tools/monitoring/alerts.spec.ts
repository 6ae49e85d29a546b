import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALERT_CASES, type AlertCase, type Series } from './harness/alert-cases.ts';
import { root, rules, rulesPath, type Rule } from './harness/rules-file.ts';
import { withPrometheus } from './harness/with-prometheus.ts';

/** A unit test for promtool, which reads JSON as the YAML that it is. */
function unitTest(
  { alert, labels, annotations }: Rule,
  { after, labels: own }: AlertCase,
  series: Series,
  fires: boolean,
) {
  const expected = { exp_labels: { ...labels, ...own }, exp_annotations: annotations };
  return {
    name: alert,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [{ eval_time: `${after}m`, alertname: alert, exp_alerts: fires ? [expected] : [] }],
  };
}

withPrometheus('An alert', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bytechat-alerts-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** @throws with what promtool says when it is otherwise. */
  const promtoolAgrees = (unit: object): void => {
    const file = join(folder, 'test.json');
    const content = { rule_files: [rulesPath], evaluation_interval: '1m', tests: [unit] };
    writeFileSync(file, JSON.stringify(content));
    execFileSync('promtool', ['test', 'rules', file], { stdio: 'pipe' });
  };

  test('has a case for each rule, and none for another', () => {
    expect(rules().map(({ alert }) => alert)).toEqual(Object.keys(ALERT_CASES));
  });

  test.each(rules().map((rule) => [rule.alert, rule] as const))('%s fires when it should', (name, rule) => {
    const alertCase = ALERT_CASES[name]!;
    promtoolAgrees(unitTest(rule, alertCase, alertCase.fires, true));
  });

  test.each(rules().map((rule) => [rule.alert, rule] as const))(
    '%s stays quiet about what only looks alike',
    (name, rule) => {
      const alertCase = ALERT_CASES[name]!;
      promtoolAgrees(unitTest(rule, alertCase, alertCase.quiet, false));
    },
  );

  test('stands in a file that Prometheus loads, as does the configuration of the compose file', () => {
    const check = (...args: string[]) => execFileSync('promtool', ['check', ...args], { encoding: 'utf8' });
    expect(check('rules', rulesPath)).toContain(`${rules().length} rules found`);
    const config = join(root, 'deploy/docker/observability/prometheus.yml');
    expect(check('config', '--syntax-only', config)).toContain('SUCCESS');
  });
});
