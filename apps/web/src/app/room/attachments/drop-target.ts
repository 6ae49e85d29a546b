import { Component, inject, signal } from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import { Icon } from '../../ui/icon.ts';
import { Picks } from './picks.ts';

/** Takes files that are dropped anywhere on the room, or pasted into it. */
@Component({
  selector: 'app-drop-target',
  imports: [Icon],
  host: {
    class: 'drop-target',
    '(document:dragover)': 'drag($event)',
    '(document:dragleave)': 'leave($event)',
    '(document:drop)': 'drop($event)',
    '(document:paste)': 'paste($event)',
  },
  template: `
    @if (over()) {
      <p class="drop-overlay" data-testid="drop-overlay">
        <app-icon name="clip" /><span>{{ texts().drop }}</span>
      </p>
    }
  `,
})
export class DropTarget {
  readonly #picks = inject(Picks);
  protected readonly texts = injectTexts('attachments');
  protected readonly over = signal(false);

  protected drag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over.set(true);
  }

  protected leave(event: DragEvent): void {
    if (event.relatedTarget === null) this.over.set(false);
  }

  /** Without this the browser would leave the room and open the file instead. */
  protected drop(event: DragEvent): void {
    this.over.set(false);
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#picks.offer([...event.dataTransfer.files]);
  }

  /** Text that comes with a picture of itself is meant as text. */
  protected paste(event: ClipboardEvent): void {
    const { clipboardData } = event;
    if (!clipboardData || clipboardData.getData('text/plain') !== '') return;
    if (this.#picks.offer([...clipboardData.files])) event.preventDefault();
  }
}
