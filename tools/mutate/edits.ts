import ts from 'typescript';

/** Characters `start` to `end` of a file give way to `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

const MAX_SHOWN = 90;

export function replaceIn(source: ts.SourceFile, node: ts.Node, text: string): Edit {
  return { start: node.getStart(source), end: node.getEnd(), text };
}

/** Code on one line, cut where it gets long. */
export function shown(node: ts.Node): string {
  const line = node.getText().replace(/\s+/g, ' ');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
}

export function isNamed({ expression }: ts.CallExpression, names: ReadonlySet<string>): boolean {
  return ts.isIdentifier(expression) && names.has(expression.text);
}

export function callsTo(source: ts.SourceFile, names: ReadonlySet<string>): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isNamed(node, names)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
