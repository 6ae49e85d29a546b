import { DOCUMENT, inject, Injectable } from '@angular/core';

/** The clipboard and the system's own share sheet, where they exist and agree. */
@Injectable({ providedIn: 'root' })
export class Sharing {
  readonly #navigator = inject(DOCUMENT).defaultView!.navigator;

  get canShare(): boolean {
    return typeof this.#navigator.share === 'function';
  }

  /** False when the browser doesn't allow it: show the text to be copied by hand. */
  async copy(text: string): Promise<boolean> {
    try {
      await this.#navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  /** Opens the share sheet; closing it without sharing is no failure. */
  async share(title: string, url: string): Promise<void> {
    try {
      await this.#navigator.share({ title, url });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }
}
