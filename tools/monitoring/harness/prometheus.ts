import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../containers/harness/eventually.ts';
import { freePort } from '../../e2e/harness/free-port.ts';
import { rulesPath } from './rules-file.ts';

/** One line of a chart: its labels, and a value for each step. */
export interface Line {
  metric: Record<string, string>;
  values: [number, string][];
}

interface Answer<T> {
  status: 'success' | 'error';
  error?: string;
  data: T;
}

/** What Prometheus thinks of a rule. */
export interface RuleState {
  name: string;
  health: 'ok' | 'err' | 'unknown';
  state: 'inactive' | 'pending' | 'firing';
  lastError?: string;
}

const LOOKED_BACK_S = 60;

/** A Prometheus as a process of its own, which scrapes some ports of the loopback every second. */
export class Prometheus {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #origin: string;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#child = child;
    this.#folder = folder;
    this.#origin = `http://127.0.0.1:${port}`;
  }

  static async scrapes(ports: readonly number[]): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'bytechat-prometheus-'));
    const config = join(folder, 'prometheus.yml');
    writeFileSync(config, JSON.stringify(configuration(ports)));
    const port = await freePort();
    const args = [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ];
    const prometheus = new Prometheus(spawn('prometheus', args, { stdio: 'ignore' }), folder, port);
    await eventually(
      () => prometheus.#get<unknown>('/api/v1/status/buildinfo'),
      () => true,
    );
    return prometheus;
  }

  /** The lines of a query over the last minute. @throws with what Prometheus says when it can't be asked. */
  async chart(query: string): Promise<Line[]> {
    const now = Date.now() / 1_000;
    const asked = new URLSearchParams({
      query,
      start: String(now - LOOKED_BACK_S),
      end: String(now),
      step: '5',
    });
    const { result } = await this.#get<{ result: Line[] }>(`/api/v1/query_range?${asked.toString()}`);
    return result;
  }

  /** The value of a query now, of each of its series. */
  async values(query: string): Promise<number[]> {
    const asked = new URLSearchParams({ query });
    const { result } = await this.#get<{ result: { value: [number, string] }[] }>(
      `/api/v1/query?${asked.toString()}`,
    );
    return result.map(({ value }) => Number(value[1]));
  }

  async rules(): Promise<RuleState[]> {
    const { groups } = await this.#get<{ groups: { rules: RuleState[] }[] }>('/api/v1/rules');
    return groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true });
  }

  async #get<T>(path: string): Promise<T> {
    const answer = (await (await fetch(`${this.#origin}${path}`)).json()) as Answer<T>;
    if (answer.status !== 'success') throw new Error(answer.error);
    return answer.data;
  }
}

/** As deploy/docker/observability/prometheus.yml, but for where the gateways are and how often they are asked. */
const configuration = (ports: readonly number[]): object => ({
  global: { scrape_interval: '1s', evaluation_interval: '1s' },
  rule_files: [rulesPath],
  scrape_configs: [
    { job_name: 'bytechat', static_configs: [{ targets: ports.map((port) => `127.0.0.1:${port}`) }] },
  ],
});
