import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** The scripts that a built page runs before it shows anything: those its HTML names, and all they import at once. */
export function initialScripts(webRoot: string): readonly string[] {
  const html = readFileSync(join(webRoot, 'index.html'), 'utf8');
  const found = new Set<string>();
  const waiting = [...html.matchAll(/<script[^>]*\ssrc="\/?([^"]+)"/g)].map(([, name]) => name!);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...staticImportsOf(readFileSync(join(webRoot, name), 'utf8')));
  }
  return [...found];
}

/** Their size on the wire. */
export function initialBrotliBytes(webRoot: string): number {
  return initialScripts(webRoot)
    .map((name) => brotliCompressSync(readFileSync(join(webRoot, name))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** `import … from "./x.js"`, `export … from "./x.js"` and `import "./x.js"`; never `import("./x.js")`. */
function staticImportsOf(source: string): readonly string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w.-]+\.js)"/g)].map(([, name]) => name!);
}
