import { DOCUMENT, inject, Injectable } from '@angular/core';

const PLAIN = '/favicon.svg';
const UNREAD = '/favicon-unread.svg';

/** The tab's icon, with a dot while something is unread. */
@Injectable({ providedIn: 'root' })
export class Favicon {
  readonly #document = inject(DOCUMENT);

  show(unread: boolean): void {
    const link = this.#document.querySelector<HTMLLinkElement>('link[rel="icon"][type="image/svg+xml"]');
    link?.setAttribute('href', unread ? UNREAD : PLAIN);
  }
}
