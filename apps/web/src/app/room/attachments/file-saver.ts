import { DOCUMENT, inject, Injectable } from '@angular/core';
import { ObjectUrls } from './object-urls.ts';

/** How long the browser may take to begin with a download. */
const TAKE_MS = 20_000;

/** Hands bytes to the browser as a download: of no type that anything would open or run by itself. */
@Injectable({ providedIn: 'root' })
export class FileSaver {
  readonly #document = inject(DOCUMENT);
  readonly #urls = inject(ObjectUrls);

  save(bytes: Uint8Array<ArrayBuffer>, name: string): void {
    const url = this.#urls.make(bytes, 'application/octet-stream');
    const link = this.#document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => this.#urls.revoke(url), TAKE_MS);
  }
}
