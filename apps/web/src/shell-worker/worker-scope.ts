/** What the shell worker needs of a service worker's global scope; the DOM library, which the page is checked with, has none of it. */
export interface WorkerScope {
  readonly caches: CacheStorage;
  readonly location: { readonly origin: string };
  fetch(request: Request | string): Promise<Response>;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

/** A step of the worker's life lasts until its work is done. */
export interface LifeEvent {
  waitUntil(work: Promise<unknown>): void;
}

/** The page asks for something. Who doesn't respond leaves it to the network. */
export interface AskedEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
