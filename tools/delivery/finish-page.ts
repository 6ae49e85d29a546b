/** What the built page is given before it is served. */
export interface Finish {
  /** For each script that the page may load later its path from the root, and its hash as in an integrity attribute. */
  integrity: Readonly<Record<string, string>>;
  /** Where the gateway is when it isn't where the page comes from. */
  apiOrigin: string | undefined;
}

/** What an earlier run has put in. */
const FINISHED = /\n *(?:<meta name="bytechat-api" [^>]*>|<script type="importmap">[^<]*<\/script>)/g;
const CHARSET = /<meta charset="utf-8"\s*\/?>/;
const SCRIPT_OR_STYLE = /<(?:script|link)\b[^>]*\b(?:src|rel="stylesheet")[^>]*>/g;

/**
 * The start page with an import map that holds every later script to its hash. Browsers take an import map only before
 * the first module, so it stands at the head's beginning. The address of the gateway stands beside it: the
 * page reads it there, and so does whoever writes the page's policy. A finished page may be finished anew.
 *
 * @throws {Error} when the page isn't as the build leaves it: without integrity, or with a map of its own.
 */
export function finishPage(html: string, { integrity, apiOrigin }: Finish): string {
  const page = html.replace(FINISHED, '');
  if (!CHARSET.test(page)) throw new Error('The page names no charset.');
  if (page.includes('importmap')) throw new Error('The page has an import map of its own.');
  const bare = (page.match(SCRIPT_OR_STYLE) ?? []).filter((tag) => !tag.includes(' integrity="'));
  if (bare.length > 0) throw new Error(`Without integrity: ${bare.join(' ')}`);
  const api = apiOrigin === undefined ? '' : `\n    <meta name="bytechat-api" content="${apiOrigin}"/>`;
  const map = `\n    <script type="importmap">${JSON.stringify({ integrity })}</script>`;
  return page.replace(CHARSET, (charset) => `${charset}${api}${map}`);
}

/** @throws {Error} when it is no origin, as a browser would send it. */
export function readOrigin(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (url === null || url.origin !== text || !/^https?:$/.test(url.protocol))
    throw new Error('API_ORIGIN must be an origin such as https://api.example, without a path.');
  return text;
}
