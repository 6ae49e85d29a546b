import { DestroyRef, inject, Injectable, signal, DOCUMENT } from '@angular/core';
import { invitePath, readPlace, type Place } from './place.ts';

/** The one place that reads and writes the address bar. It never adds a history entry that keeps a secret. */
@Injectable({ providedIn: 'root' })
export class AddressBar {
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #place = signal<Place>(this.#read());
  readonly #hidden = signal(false);
  readonly place = this.#place.asReadonly();
  /** The person has taken the invite out of the address bar. */
  readonly hidden = this.#hidden.asReadonly();

  constructor() {
    const reread = () => this.#place.set(this.#read());
    this.#window.addEventListener('hashchange', reread);
    this.#window.addEventListener('popstate', reread);
    inject(DestroyRef).onDestroy(() => {
      this.#window.removeEventListener('hashchange', reread);
      this.#window.removeEventListener('popstate', reread);
    });
    if (this.#place().kind === 'codeInPath') this.#replace('/');
  }

  /** The link people are invited with. */
  linkTo(code: string): string {
    return `${this.#window.location.origin}${invitePath(code)}`;
  }

  /** Keeps the invite in the address bar, so that a reload finds the room again. */
  showInvite(code: string): void {
    this.#hidden.set(false);
    this.#replace(invitePath(code));
    this.#place.set({ kind: 'invite', code });
  }

  /** The invite of the room has changed: shows the new one, unless the person wants none shown. */
  followInvite(code: string): void {
    if (!this.#hidden()) this.#replace(invitePath(code));
    this.#place.set({ kind: 'invite', code });
  }

  /** Takes the secret out of the address bar and out of the tab's history entry. */
  clear(): void {
    this.#hidden.set(false);
    this.#replace('/');
    this.#place.set({ kind: 'start' });
  }

  /** Takes the secret out of the address bar while the room stays open. */
  hideInvite(): void {
    this.#hidden.set(true);
    this.#replace('/');
  }

  #read(): Place {
    const { pathname, hash } = this.#window.location;
    return readPlace(pathname, hash);
  }

  #replace(path: string): void {
    this.#window.history.replaceState(null, '', path);
  }
}
