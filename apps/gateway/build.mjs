import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * Bundles the gateway into one file, `dist/main.mjs`, with the Redis store's scripts beside it: an image needs Node and
 * these, and no node_modules.
 */
const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const scripts = join(here, '..', '..', 'libs', 'rooms', 'src', 'redis', 'lua');

// The commit comes from the environment of the build (BYTECHAT_COMMIT), since an image is built without a repository.
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** Packages that Nest or ws load only where they are installed. */
const OPTIONAL = [
  /^@nestjs\/microservices/,
  /^class-validator$/,
  /^class-transformer/,
  /^@fastify\//,
  /^bufferutil$/,
  /^utf-8-validate$/,
];

/** What the bundled CommonJS packages expect to find in an ES module. */
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

mkdirSync(dist, { recursive: true });
const bundle = await rolldown({
  input: join(here, 'src', 'main.ts'),
  platform: 'node',
  tsconfig: false,
  external: OPTIONAL,
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  transform: {
    decorator: { legacy: true, emitDecoratorMetadata: true },
    define: {
      BYTECHAT_VERSION: JSON.stringify(version),
      BYTECHAT_COMMIT: JSON.stringify(process.env['BYTECHAT_COMMIT'] || 'unknown'),
    },
  },
});
await bundle.write({
  file: join(dist, 'main.mjs'),
  format: 'esm',
  codeSplitting: false,
  banner: REQUIRE,
  keepNames: true,
  minify: true,
  sourcemap: false,
});
await bundle.close();
rmSync(join(dist, 'lua'), { recursive: true, force: true });
cpSync(scripts, join(dist, 'lua'), { recursive: true });
