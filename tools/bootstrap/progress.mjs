const TTY_TICK_MS = 1_000;
const LOG_TICK_MS = 20_000;

/**
 * Shows that `work` is under way: one line that counts seconds on a terminal; in a log, a line now and then.
 *
 * @template T
 * @param {string} label what is being done, as "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const startedAt = Date.now();
  const show = process.stdout.isTTY ? overwriteLine : appendLine;
  show(`${label} …`);
  const ticker = setInterval(
    () => show(`${label} … ${secondsSince(startedAt)} s`),
    process.stdout.isTTY ? TTY_TICK_MS : LOG_TICK_MS,
  );
  try {
    const result = await work();
    finish(`${label}: done in ${secondsSince(startedAt)} s`);
    return result;
  } catch (error) {
    finish(`${label}: failed after ${secondsSince(startedAt)} s`);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}

/** @param {string} line */
function finish(line) {
  if (process.stdout.isTTY) overwriteLine(`${line}\n`);
  else appendLine(line);
}

/** @param {string} line */
function overwriteLine(line) {
  process.stdout.write(`\r\u001b[K${line}`);
}

/** @param {string} line */
function appendLine(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {number} startedAt */
function secondsSince(startedAt) {
  return Math.round((Date.now() - startedAt) / 1_000);
}
