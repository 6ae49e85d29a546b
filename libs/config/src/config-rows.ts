import { variables } from './variables.ts';

/** One variable, as the documentation shows it. */
export interface ConfigRow {
  name: string;
  /** The default as one would write it; empty when the variable is unset by default. */
  default: string;
  description: string;
}

/** Every variable in the order of the schema. */
export function configRows(): ConfigRow[] {
  return Object.entries(variables.shape).map(([name, schema]) => {
    const { description = '', fallback } = schema.meta() ?? {};
    return { name, default: typeof fallback === 'string' ? fallback : '', description };
  });
}

/** The table of docs and README. */
export function configTable(): string {
  const lines = configRows().map(
    (row) =>
      `| \`${row.name}\` | ${row.default === '' ? '–' : `\`${row.default}\``} | ${row.description.replaceAll('|', '\\|')} |`,
  );
  return ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...lines, ''].join('\n');
}

/** A file of examples: every variable commented out at its default. */
export function envExample(): string {
  return configRows()
    .map((row) => `# ${row.description}\n# ${row.name}=${row.default}\n`)
    .join('\n');
}
