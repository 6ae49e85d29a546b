import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './rules-file.ts';

export interface Panel {
  title: string;
  targets?: { expr: string; legendFormat: string }[];
}

/** The panels of the dashboard that show something. */
export function panels(): Panel[] {
  const path = join(root, 'deploy/grafana/bytechat.json');
  const { panels: all } = JSON.parse(readFileSync(path, 'utf8')) as { panels: Panel[] };
  return all.filter(({ targets }) => targets !== undefined);
}

/** The queries of a panel with its variables filled in, as Grafana does before it asks. */
export function queriesOf({ targets = [] }: Panel): string[] {
  return targets.map(({ expr }) =>
    expr.replaceAll('$job', '.+').replaceAll('$instance', '.+').replaceAll('$__rate_interval', '10s'),
  );
}
