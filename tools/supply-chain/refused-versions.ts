/** The oldest version without a known hole, of packages that have had one; one for each major version in use. */
export interface Refusal {
  name: string;
  /** In the order of major versions; an older major version than the first is refused altogether. */
  from: readonly string[];
  because: string;
}

/** Published holes in what this repository uses or has below it (RELIABILITY S24). */
export const REFUSALS: readonly Refusal[] = [
  { name: 'socket.io-parser', from: ['4.2.6'], because: 'a packet could announce attachments without end' },
  { name: 'socket.io', from: ['4.6.2'], because: 'a packet could end the process' },
  { name: 'engine.io', from: ['6.4.2'], because: 'a request could end the process' },
  {
    name: 'ws',
    from: ['7.5.10', '8.21.0'],
    because: 'many headers, or a compressed frame, could end the process',
  },
  { name: 'cookie', from: ['0.7.0'], because: 'names and values were not checked' },
  { name: 'express', from: ['5.0.1'], because: 'redirects could lead elsewhere' },
  { name: 'send', from: ['1.1.0'], because: 'a redirect could carry markup' },
  { name: 'serve-static', from: ['2.1.0'], because: 'a redirect could carry markup' },
  { name: 'path-to-regexp', from: ['8.4.0'], because: 'a path could take for ever to match' },
  { name: 'body-parser', from: ['2.2.1'], because: 'a body could take for ever to parse' },
  { name: 'qs', from: ['6.14.1'], because: 'a query could take all memory' },
  { name: 'multer', from: ['2.0.2'], because: 'a form could end the process' },
  { name: 'markdown-it', from: ['14.1.1'], because: 'a text could take for ever to parse' },
  { name: 'linkify-it', from: ['5.0.0'], because: 'a text could take for ever to parse' },
  { name: 'undici', from: ['7.18.2'], because: 'an answer could take all memory' },
  { name: 'form-data', from: ['4.0.4'], because: 'boundaries could be guessed' },
  { name: 'axios', from: ['1.12.0'], because: 'a data address could take all memory' },
  { name: 'follow-redirects', from: ['1.15.6'], because: 'a redirect could carry a secret elsewhere' },
  { name: 'tar', from: ['7.5.3'], because: 'an archive could write elsewhere' },
  { name: 'tmp', from: ['0.2.4'], because: 'a link could lead the file elsewhere' },
  { name: 'glob', from: ['10.5.0'], because: 'a file name could run as a command' },
  { name: 'js-yaml', from: ['3.14.2', '4.1.1'], because: 'a merge key could change every object' },
  { name: 'json5', from: ['2.2.2'], because: 'a key could change every object' },
  { name: 'lodash', from: ['4.17.23'], because: 'a path could remove what every object has' },
  { name: 'minimist', from: ['1.2.6'], because: 'an argument could change every object' },
  { name: 'protobufjs', from: ['7.2.5'], because: 'a message could change every object' },
  { name: 'semver', from: ['6.3.1', '7.5.2'], because: 'a range could take for ever to parse' },
  { name: 'braces', from: ['3.0.3'], because: 'a pattern could take all memory' },
  { name: 'brace-expansion', from: ['2.0.2', '5.0.5'], because: 'a pattern could take for ever to expand' },
  { name: 'picomatch', from: ['2.3.2', '4.0.4'], because: 'a pattern could take for ever to match' },
  {
    name: 'minimatch',
    from: ['5.1.8', '9.0.7', '10.2.3', '11.0.0'],
    because: 'a pattern could take for ever to match',
  },
  { name: 'cross-spawn', from: ['7.0.5'], because: 'an argument could take for ever to quote' },
  { name: 'word-wrap', from: ['1.2.4'], because: 'a text could take for ever to wrap' },
  { name: 'nanoid', from: ['3.3.8'], because: 'ids could be guessed' },
  { name: 'postcss', from: ['8.4.31'], because: 'a line break could hide a rule' },
  { name: 'nth-check', from: ['2.0.1'], because: 'a selector could take for ever to parse' },
  { name: 'esbuild', from: ['0.25.0'], because: 'its server could be read by any page' },
  { name: 'vite', from: ['7.1.11'], because: 'its server could be made to read any file' },
  { name: 'ssh2', from: ['1.4.0'], because: 'an argument could run as a command' },
  { name: 'tough-cookie', from: ['4.1.3'], because: 'a cookie could change every object' },
];

/** Whether a version is older than the oldest good one of its major version. Pre-releases count as what they precede. */
export function isRefused({ from }: Refusal, version: string): boolean {
  const found = numbers(version);
  const bounds = from.map(numbers);
  const own = bounds.find(([major]) => major === found[0]);
  if (own !== undefined) return version.includes('-') ? !isBefore(own, found) : isBefore(found, own);
  return isBefore(found, bounds[0]!);
}

const numbers = (version: string): number[] => version.split('-')[0]!.split('.').map(Number);

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at !== -1 && one[at]! < other[at]!;
}
