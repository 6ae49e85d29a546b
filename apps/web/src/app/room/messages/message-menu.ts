import {
  afterNextRender,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  viewChild,
  viewChildren,
} from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { injectTexts } from '../../i18n/language.ts';
import { Sharing } from '../../invite/sharing.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';
import { keepInside, type Place } from '../../ui/keep-inside.ts';
import { QUICK_REACTIONS } from './quick-reactions.ts';

export type MenuPlace = Place;

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
      #menu
    >
      @if (settled()) {
        <div class="menu-row" role="group" [attr.aria-label]="conversation().react">
          @for (emoji of quick; track emoji) {
            <button
              type="button"
              role="menuitemcheckbox"
              tabindex="-1"
              class="menu-emoji"
              data-testid="menu-emoji"
              [attr.aria-checked]="has(emoji)"
              [attr.aria-label]="emoji"
              (click)="react(emoji)"
              #item
            >
              <span class="emoji" aria-hidden="true">{{ emoji }}</span>
            </button>
          }
          <button
            type="button"
            role="menuitem"
            tabindex="-1"
            class="menu-emoji"
            data-testid="menu-more-emoji"
            [attr.aria-label]="conversation().moreEmoji"
            [attr.title]="conversation().moreEmoji"
            (click)="emoji.emit(place())"
            #item
          >
            <app-icon name="smile" />
          </button>
        </div>
        <button
          type="button"
          role="menuitem"
          tabindex="-1"
          data-testid="menu-reply"
          (click)="reply.emit()"
          #item
        >
          <app-icon name="reply" />{{ conversation().reply }}
        </button>
      }
      @if (!message().attachment) {
        <button type="button" role="menuitem" tabindex="-1" data-testid="copy-text" (click)="copy()" #item>
          <app-icon name="copy" />{{ texts().copyText }}
        </button>
      }
      @if (changeable()) {
        @if (!message().attachment) {
          <button
            type="button"
            role="menuitem"
            tabindex="-1"
            data-testid="menu-edit"
            (click)="edit.emit()"
            #item
          >
            <app-icon name="pencil" />{{ conversation().edit }}
          </button>
        }
        <button
          type="button"
          role="menuitem"
          tabindex="-1"
          class="menu-bad"
          data-testid="menu-delete"
          (click)="remove.emit()"
          #item
        >
          <app-icon name="trash" />{{ conversation().remove }}
        </button>
      }
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
  readonly reply = output();
  readonly edit = output();
  readonly remove = output();
  /** The person wants to choose among all emoji; where they may open. */
  readonly emoji = output<MenuPlace>();
  /** True when something was copied. */
  readonly closed = output<boolean>();

  readonly #sharing = inject(Sharing);
  readonly #session = inject(RoomSessionStore);
  protected readonly quick = QUICK_REACTIONS;
  protected readonly conversation = injectTexts('conversation');
  /** It stands in the log, so that one can speak of it. */
  protected readonly settled = computed(() => ['sent', 'delivered'].includes(this.message().state));
  protected readonly changeable = computed(() => this.#session.mayChange(this.message()));
  protected readonly texts = injectTexts('message');
  private readonly items = viewChildren<ElementRef<HTMLElement>>('item');

  private readonly menu = viewChild.required<ElementRef<HTMLElement>>('menu');

  constructor() {
    afterNextRender(() => {
      keepInside(this.menu().nativeElement, this.place());
      this.#focus(0);
    });
  }

  protected has(emoji: string): boolean {
    return this.message().reactions.some((reaction) => reaction.own && reaction.emoji === emoji);
  }

  protected react(emoji: string): void {
    void this.#session.react(this.message().id, emoji, !this.has(emoji));
    this.closed.emit(false);
  }

  protected async copy(): Promise<void> {
    this.closed.emit(await this.#sharing.copy(this.message().text));
  }

  protected steer(event: KeyboardEvent): void {
    const step = this.#stepOf(event.key, event.target);
    if (event.key === 'Escape' || event.key === 'Tab') this.closed.emit(false);
    if (step === undefined) return;
    event.preventDefault();
    const at = this.items().findIndex(({ nativeElement }) => nativeElement === event.target);
    this.#focus((at + step + this.items().length) % this.items().length);
  }

  /** Up and down pass the row of emoji as one line; left and right go through it. */
  #stepOf(key: string, target: EventTarget | null): number | undefined {
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      if (!(target instanceof Element) || !target.closest('.menu-row')) return undefined;
      const forwards = getComputedStyle(target).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      return key === forwards ? 1 : -1;
    }
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
    const items = this.items().map(({ nativeElement }) => nativeElement);
    const at = items.findIndex((item) => item === target);
    const inRow = items.map((item) => item.classList.contains('menu-emoji'));
    if (key === 'ArrowDown') return inRow[at] === true ? inRow.lastIndexOf(true) + 1 - at : 1;
    return inRow[at] === true ? -1 - at : inRow[at - 1] === true ? -at : -1;
  }

  protected closeOutside(event: Event): void {
    if (event.target instanceof Element && !event.target.closest('[role=menu]')) this.closed.emit(false);
  }

  #focus(at: number): void {
    this.items()[at]?.nativeElement.focus();
  }
}
