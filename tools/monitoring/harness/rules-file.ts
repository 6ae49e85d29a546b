import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(import.meta.dirname, '..', '..', '..');
export const rulesPath = join(root, 'deploy/prometheus/alerts.yaml');

export interface Rule {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

interface RulesFile {
  groups: { rules: Rule[] }[];
}

/** The alerts, as Prometheus loads them. */
export function rules(): Rule[] {
  const file = parse(readFileSync(rulesPath, 'utf8')) as RulesFile;
  return file.groups.flatMap((group) => group.rules);
}
