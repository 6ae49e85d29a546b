import { afterNextRender, Component, type ElementRef, input, output, viewChild } from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import { keepInside, type Place } from '../../ui/keep-inside.ts';
import { EmojiPicker } from './emoji-picker.ts';

/** The picker beside what asked for it. Esc, a choice, and a click or focus elsewhere close it. */
@Component({
  selector: 'app-emoji-popover',
  imports: [EmojiPicker],
  host: { '(document:pointerdown)': 'closeOutside($event)' },
  template: `
    <div
      class="emoji-popover"
      role="dialog"
      data-testid="emoji-popover"
      [attr.aria-label]="texts().open"
      (keydown.escape)="closed.emit()"
      (focusout)="follow($event)"
      #popover
    >
      <app-emoji-picker (chosen)="chosen.emit($event)" />
    </div>
  `,
})
export class EmojiPopover {
  readonly place = input.required<Place>();
  readonly chosen = output<string>();
  readonly closed = output();
  protected readonly texts = injectTexts('emoji');
  private readonly popover = viewChild.required<ElementRef<HTMLElement>>('popover');

  constructor() {
    afterNextRender(() => keepInside(this.popover().nativeElement, this.place()));
  }

  protected follow({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !this.#has(relatedTarget)) this.closed.emit();
  }

  protected closeOutside({ target }: Event): void {
    if (target instanceof Node && !this.#has(target)) this.closed.emit();
  }

  #has(node: Node): boolean {
    return this.popover().nativeElement.contains(node);
  }
}
