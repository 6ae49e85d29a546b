import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the page's worker does, as one module: the product's own sources and suites, bundled as the page's are. */
export async function bundledWorker(): Promise<string> {
  return bundled(here('browser/worker.ts'), { minify: false, split: false });
}

/** A source file and all it imports as one module; with `split` without what is imported later on. */
export async function bundled(
  input: string,
  { minify, split }: { minify: boolean; split: boolean },
): Promise<string> {
  const build = await rolldown({
    input,
    platform: 'browser',
    logLevel: 'silent',
    resolve: {
      alias: {
        '@jest/globals': here('browser/small-jest.ts'),
        'node:fs': here('browser/files.ts'),
      },
    },
  });
  const { output } = await build.generate({
    format: 'esm',
    minify,
    codeSplitting: split,
    sourcemapIgnoreList: false,
  });
  await build.close();
  return output[0].code;
}
