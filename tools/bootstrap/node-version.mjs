/** The oldest Node that may start the tools, and the oldest that runs ByteChat itself. */
export const OLDEST_STARTER = '20.0';
export const OLDEST_RUNTIME = '24.15';

/**
 * Whether `version` ("20.20.2", with or without a leading v) is at least `wanted` ("24.15").
 * Written in old syntax: a Node that is too old must be able to read this file and say so.
 *
 * @param {string} version
 * @param {string} wanted
 * @returns {boolean}
 */
export function isAtLeast(version, wanted) {
  const have = numbersOf(version);
  const need = numbersOf(wanted);
  return have.major === need.major ? have.minor >= need.minor : have.major > need.major;
}

/** @param {string} version */
function numbersOf(version) {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  return { major: parts[0] || 0, minor: parts[1] || 0 };
}
