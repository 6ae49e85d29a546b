import { jestArguments } from './jest-arguments.mjs';
import { findNode24, nodeEnvironment } from './node24.mjs';
import { inRoot } from './paths.mjs';
import { launch } from './run.mjs';

// Runs one package's suite: node tools/bootstrap/jest.mjs <projectRoot> [arguments for Jest]
const [projectRoot = '.', ...extra] = process.argv.slice(2);
const ended = await launch(findNode24(), jestArguments(extra), {
  cwd: inRoot(projectRoot),
  env: nodeEnvironment(),
});
process.exitCode = ended.code;
