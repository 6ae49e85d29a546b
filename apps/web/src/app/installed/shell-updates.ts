import { DOCUMENT, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { allowScript } from '../environment/trusted-scripts.ts';
import { USE_NOW } from '../../shell-worker/use-now.ts';
import { readRelease, type Release } from './release.ts';

const WORKER = '/sw.js';
const NEWS = '/whats-new.json';

/** The browser's way to service workers; undefined where there is none. */
export const WORKERS = new InjectionToken<ServiceWorkerContainer | undefined>('WORKERS', {
  providedIn: 'root',
  factory: () => {
    const { navigator } = inject(DOCUMENT).defaultView!;
    return 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  },
});

/**
 * Lets the page open without a connection, and tells when a newer build is there. The newer build waits until the
 * person wants it or no tab is left: this page is never reloaded on its own account.
 */
@Injectable({ providedIn: 'root' })
export class ShellUpdates {
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #workers = inject(WORKERS);
  readonly #ready = signal<Release | undefined>(undefined);
  /** What is new in a build that waits. */
  readonly ready = this.#ready.asReadonly();
  #waiting: ServiceWorker | undefined;

  /** Once the page has loaded: keeping its files must not be in the way of showing it. */
  async start(): Promise<void> {
    if (!this.#workers) return;
    await this.#loaded();
    const url = new URL(WORKER, this.#window.location.origin);
    allowScript(url, 'shell');
    const registration = await this.#workers.register(url.href).catch(() => undefined);
    if (!registration) return;
    registration.addEventListener('updatefound', () => this.#follow(registration.installing));
    this.#follow(registration.installing);
    if (registration.waiting) await this.#offer(registration.waiting);
  }

  /** Changes to the newer build and shows it. */
  useNow(): void {
    this.#workers?.addEventListener('controllerchange', () => this.#window.location.reload(), { once: true });
    this.#waiting?.postMessage(USE_NOW);
  }

  /** Not now: the newer build comes with the next visit. */
  later(): void {
    this.#ready.set(undefined);
  }

  #follow(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') void this.#offer(worker);
    });
  }

  /** The first build that is ever kept replaces nothing. */
  async #offer(worker: ServiceWorker): Promise<void> {
    if (!this.#workers?.controller) return;
    this.#waiting = worker;
    this.#ready.set(await this.#news());
  }

  async #news(): Promise<Release | undefined> {
    try {
      const answer = await fetch(NEWS, { cache: 'no-cache' });
      return readRelease(await answer.json());
    } catch {
      return undefined;
    }
  }

  async #loaded(): Promise<void> {
    if (this.#window.document.readyState === 'complete') return;
    await new Promise((done) => this.#window.addEventListener('load', done, { once: true }));
  }
}
