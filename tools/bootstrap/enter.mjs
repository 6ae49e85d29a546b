import { isAtLeast, OLDEST_STARTER } from './node-version.mjs';

/**
 * The way into every command: refuses a Node that is too old before anything modern is loaded (hence the old syntax
 * here), then runs it. A readable error becomes one line and exit 1, an interrupt exit 130.
 *
 * @param {() => Promise<{ main: () => Promise<number> }>} load imports the command's module
 */
export function enter(load) {
  if (!isAtLeast(process.versions.node, OLDEST_STARTER)) {
    console.error(
      'ByteChat needs Node ' + parseInt(OLDEST_STARTER, 10) + ' or newer; this is ' + process.version + '.',
    );
    process.exit(1);
  }
  load()
    .then(function (command) {
      return command.main();
    })
    .then(function (code) {
      process.exitCode = code;
    })
    .catch(fail);
}

/** @param {Error} error */
function fail(error) {
  const kind = error.constructor.name;
  if (kind === 'Interrupted') process.exit(130);
  console.error(kind === 'ReadableError' ? error.message : error);
  process.exit(1);
}
