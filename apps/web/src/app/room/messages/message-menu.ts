import {
  afterNextRender,
  Component,
  type ElementRef,
  inject,
  input,
  output,
  viewChildren,
} from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { injectTexts } from '../../i18n/language.ts';
import { Sharing } from '../../invite/sharing.ts';
import { Icon } from '../../ui/icon.ts';

/** Where the menu opens, in px of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** What one can do with a message. Arrow keys move, Esc and a click elsewhere close. */
@Component({
  selector: 'app-message-menu',
  imports: [Icon],
  host: { '(document:pointerdown)': 'closeOutside($event)', '(keydown)': 'steer($event)' },
  template: `
    <div
      class="menu"
      role="menu"
      data-testid="message-menu"
      [attr.aria-label]="texts().actions(message().name)"
      [style.left.px]="place().x"
      [style.top.px]="place().y"
    >
      <button type="button" role="menuitem" tabindex="-1" data-testid="copy-text" (click)="copy()" #item>
        <app-icon name="copy" />{{ texts().copyText }}
      </button>
      @if (message().state === 'failed') {
        <button type="button" role="menuitem" tabindex="-1" (click)="retry.emit()" #item>
          <app-icon name="retry" />{{ texts().retry }}
        </button>
        <button type="button" role="menuitem" tabindex="-1" (click)="discard.emit()" #item>
          <app-icon name="trash" />{{ texts().discard }}
        </button>
      }
    </div>
  `,
})
export class MessageMenu {
  readonly message = input.required<ChatMessage>();
  readonly place = input.required<MenuPlace>();
  readonly retry = output();
  readonly discard = output();
  /** True when something was copied. */
  readonly closed = output<boolean>();

  readonly #sharing = inject(Sharing);
  protected readonly texts = injectTexts('message');
  private readonly items = viewChildren<ElementRef<HTMLElement>>('item');

  constructor() {
    afterNextRender(() => this.#focus(0));
  }

  protected async copy(): Promise<void> {
    this.closed.emit(await this.#sharing.copy(this.message().text));
  }

  protected steer(event: KeyboardEvent): void {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = moves[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') this.closed.emit(false);
    if (step === undefined) return;
    event.preventDefault();
    const at = this.items().findIndex(({ nativeElement }) => nativeElement === event.target);
    this.#focus((at + step + this.items().length) % this.items().length);
  }

  protected closeOutside(event: Event): void {
    if (event.target instanceof Element && !event.target.closest('[role=menu]')) this.closed.emit(false);
  }

  #focus(at: number): void {
    this.items()[at]?.nativeElement.focus();
  }
}
