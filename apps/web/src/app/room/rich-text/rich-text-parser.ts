import { Injectable, signal } from '@angular/core';
import { plain, type RichNode } from './rich-node.ts';

/** A text without any of these is plain, and needs no parser. */
const MAY_BE_MARKUP = /[*_`>[\]\\]|https?:\/\/|^\s{0,3}(?:[-+]|\d+[.)])\s/im;

/** Reads markup with a parser that comes in a chunk of its own; until it is there, texts show as they were written. */
@Injectable({ providedIn: 'root' })
export class RichTextParser {
  readonly #parse = signal<((text: string) => readonly RichNode[]) | undefined>(undefined);
  #asked = false;

  /** Plain when the text has no markup, or the parser isn't there yet. */
  nodesOf(text: string): readonly RichNode[] {
    if (!MAY_BE_MARKUP.test(text)) return plain(text);
    return this.#parse()?.(text) ?? plain(text);
  }

  /** Fetches the parser. Without it texts stay plain; the next room asks again. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    const chunk = await import('./markdown.ts').catch(() => undefined);
    if (chunk) this.#parse.set(chunk.parseMarkdown);
    else this.#asked = false;
  }
}
