/** What a build of the page consists of: its name, and each file's path with its Subresource Integrity hash. */
export interface ShellBuild {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Where the one page is kept, whatever address it was opened under: an address may hold what nobody may keep. */
export const PAGE = '/';

const CACHE_PREFIX = 'shell-';
/** This build and the one before it, of which a tab may still be open and want a part it hasn't loaded yet. */
const KEPT_BUILDS = 2;
/** Built files whose name holds a hash of their content. */
const HASHED_NAME = /-[\w-]{8}\.(?:js|css)$/;

/** Keeps the files of one build so that the page opens without a connection, and nothing else: no answer of a room ever comes near it. */
export class Shell {
  readonly #build: ShellBuild;
  readonly #caches: CacheStorage;
  readonly #fetch: (request: Request | string) => Promise<Response>;

  constructor(
    build: ShellBuild,
    caches: CacheStorage,
    fetchFile: (request: Request | string) => Promise<Response>,
  ) {
    this.#build = build;
    this.#caches = caches;
    this.#fetch = fetchFile;
  }

  /** Fetches every file anew. @throws when one can't be had, or isn't the one of this build: then nothing is installed */
  async install(): Promise<void> {
    const cache = await this.#caches.open(this.#name);
    const requests = Object.entries(this.#build.files).map(
      ([path, integrity]) => new Request(path, { integrity, cache: 'no-cache' }),
    );
    await cache.addAll(requests);
  }

  /** Forgets the builds that no tab can need any more. */
  async tidy(): Promise<void> {
    const names = (await this.#caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX));
    const newestLast = [...names.filter((name) => name !== this.#name), this.#name];
    await Promise.all(newestLast.slice(0, -KEPT_BUILDS).map((name) => this.#caches.delete(name)));
  }

  /** The kept file that answers a request; undefined for everything that is the network's business. */
  fileFor(request: Pick<Request, 'method' | 'mode' | 'url'>, origin: string): string | undefined {
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== origin) return undefined;
    if (request.mode === 'navigate') return isPagePath(url.pathname) ? PAGE : undefined;
    const kept = Object.hasOwn(this.#build.files, url.pathname) && url.pathname !== PAGE;
    return kept || HASHED_NAME.test(url.pathname) ? url.pathname : undefined;
  }

  /** What is kept of this build, else of the one before, else what the network has. */
  async answer(file: string): Promise<Response> {
    const cache = await this.#caches.open(this.#name);
    const kept = (await cache.match(file)) ?? (file === PAGE ? undefined : await this.#caches.match(file));
    return kept ?? this.#fetch(file);
  }

  get #name(): string {
    return CACHE_PREFIX + this.#build.id;
  }
}

/** As the gateway has it: every path without an ending is the page, but for those of the API. */
function isPagePath(path: string): boolean {
  if (path === '/api' || path.startsWith('/api/') || path.startsWith('/socket.io')) return false;
  return path.startsWith('/room/') || !path.slice(path.lastIndexOf('/')).includes('.');
}
