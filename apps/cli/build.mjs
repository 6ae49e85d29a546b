import { chmodSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Bundles the command line into one file that needs Node and nothing else: node build.mjs [file]
 * The file is `dist/bytechat.mjs` unless told.
 */
const here = import.meta.dirname;
const file = resolve(process.argv[2] ?? join(here, 'dist', 'bytechat.mjs'));

const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** Packages that ws loads only where they are installed. */
const OPTIONAL = [/^bufferutil$/, /^utf-8-validate$/];

/** What makes the file a program, and what the bundled CommonJS packages expect to find in an ES module. */
const BANNER = `#!/usr/bin/env node
import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);`;

const bundle = await rolldown({
  input: join(here, 'src', 'main.ts'),
  platform: 'node',
  tsconfig: false,
  external: OPTIONAL,
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  transform: { define: { BYTECHAT_VERSION: JSON.stringify(version) } },
});
await bundle.write({
  file,
  format: 'esm',
  codeSplitting: false,
  banner: BANNER,
  keepNames: true,
  minify: true,
  sourcemap: false,
});
await bundle.close();
chmodSync(file, 0o755);
