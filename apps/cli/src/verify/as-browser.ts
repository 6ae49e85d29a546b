import { once } from 'node:events';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { pipeline, type Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { integrityOf } from './manifest.ts';

/** What a server answered: the hash of a file, or that there is none. */
export type Answer = { integrity: string } | { status: number };

/** The server gives no answer that could be compared. */
export class NotReachable extends Error {
  override readonly name = 'NotReachable';
}

const TIMEOUT_MS = 30_000;
const MAX_TEXT_BYTES = 1_000_000;

/**
 * What a desktop browser says of itself, so that a server can't easily tell a check from a visit. `fetch` won't do: it
 * names itself in `sec-fetch-mode`.
 */
const BROWSER = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
  'accept-encoding': 'gzip, br',
  'accept-language': 'en-US,en;q=0.9',
};
const HEADERS = {
  page: {
    ...BROWSER,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'sec-fetch-dest': 'document',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': 'none',
    'sec-fetch-user': '?1',
    'upgrade-insecure-requests': '1',
  },
  part: {
    ...BROWSER,
    accept: '*/*',
    'sec-fetch-dest': 'script',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'same-origin',
  },
} as const;

const UNPACKERS: Readonly<Record<string, () => Duplex>> = { gzip: createGunzip, br: createBrotliDecompress };

/** Fetches a page or a part of one, unpacks and hashes it. @throws {NotReachable} */
export function fetchAsBrowser(url: URL, kind: 'page' | 'part', until: AbortSignal): Promise<Answer> {
  const hash = async (bytes: AsyncIterable<Uint8Array>) => ({ integrity: await integrityOf(bytes) });
  return readAsBrowser(url, kind, until, hash);
}

/** Fetches a part of a page as text; undefined when the server has none. @throws {NotReachable} */
export async function textAsBrowser(url: URL, until: AbortSignal): Promise<string | undefined> {
  const answer = await readAsBrowser(url, 'part', until, async (bytes) => ({ text: await textOf(bytes) }));
  return 'text' in answer ? answer.text : undefined;
}

async function readAsBrowser<T>(
  url: URL,
  kind: 'page' | 'part',
  until: AbortSignal,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | { status: number }> {
  const signal = AbortSignal.any([until, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return await answerOf(await responseFrom(url, kind, signal), read);
  } catch (error) {
    until.throwIfAborted();
    if (error instanceof NotReachable) throw error;
    throw new NotReachable(signal.aborted ? 'no answer in time' : codeOf(error));
  }
}

async function responseFrom(url: URL, kind: 'page' | 'part', signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  const [response] = (await once(get(url, { headers: HEADERS[kind], signal }), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

async function answerOf<T>(
  response: IncomingMessage,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | { status: number }> {
  const { statusCode: status = 0 } = response;
  if (status === 200) return read(unpacked(response));
  response.destroy();
  if (status === 429 || status >= 500) throw new NotReachable(`answer ${status}`);
  return { status };
}

function unpacked(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const unpacker = UNPACKERS[response.headers['content-encoding'] ?? ''];
  // Whoever reads hears of an error: the pipeline ends both streams with it.
  return unpacker ? pipeline(response, unpacker(), () => undefined) : response;
}

/** @throws {NotReachable} when there is no end of it. */
async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > MAX_TEXT_BYTES) throw new NotReachable('the manifest is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'error';
