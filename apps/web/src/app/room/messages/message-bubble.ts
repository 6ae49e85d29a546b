import { Component, computed, inject, input, output } from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { coarselyInWords } from '../../clock/durations.ts';
import { Clock } from '../../clock/clock.ts';
import { ERROR_KINDS } from '../../errors/error-texts.ts';
import { Language } from '../../i18n/language.ts';
import { Icon } from '../../ui/icon.ts';
import { RichTextParser } from '../rich-text/rich-text-parser.ts';
import { RichText } from '../rich-text/rich-text.ts';
import type { MenuPlace } from './message-menu.ts';
import { shortTime, isoTime } from './times.ts';

/** The last part of a message's life, in which the countdown is shown. */
const LAST_PART = 0.1;

/** Room that a menu wants below its button; near the lower edge it opens higher. */
const MENU_ROOM_PX = 160;

/** One message: its text, its time, how far it has come, and when it goes. */
@Component({
  selector: 'app-message-bubble',
  imports: [Icon, RichText],
  host: {
    class: 'bubble',
    'data-testid': 'message',
    '[attr.data-state]': "delivered() ? 'sent' : message().state",
    '[attr.data-delivered]': 'delivered() || null',
    '[attr.data-message]': 'message().id',
    '[class.bubble-own]': 'message().own',
    '[class.bubble-failed]': "message().state === 'failed'",
  },
  template: `
    <div class="bubble-text" dir="auto" data-testid="message-text"><app-rich-text [nodes]="nodes()" /></div>
    <p class="bubble-meta">
      @if (goneIn(); as span) {
        <span class="bubble-expiry"><app-icon name="timer" />{{ span }}</span>
      }
      <button
        type="button"
        class="bubble-more"
        data-testid="message-actions"
        aria-haspopup="menu"
        [attr.aria-label]="texts().actions(message().name)"
        (click)="openActions(more)"
        #more
      >
        <app-icon name="more" />
      </button>
      <time [attr.datetime]="iso()">{{ time() }}</time>
      @if (message().own) {
        @switch (message().state) {
          @case ('sending') {
            <app-icon name="timer" /><span class="hidden-text">{{ texts().sending }}</span>
          }
          @case ('sent') {
            <app-icon name="check" /><span class="hidden-text">{{ texts().sent }}</span>
          }
          @case ('delivered') {
            <app-icon name="checks" /><span class="hidden-text">{{ texts().delivered }}</span>
          }
          @case ('failed') {
            <app-icon name="alert" />
          }
        }
      }
    </p>
    @if (message().state === 'failed') {
      <div class="bubble-failure">
        <p>{{ failure() }}</p>
        <button type="button" class="button button-small" data-testid="retry" (click)="retry.emit()">
          <app-icon name="retry" />{{ texts().retry }}
        </button>
        <button
          type="button"
          class="button button-small button-quiet"
          data-testid="discard"
          (click)="discard.emit()"
        >
          <app-icon name="trash" />{{ texts().discard }}
        </button>
      </div>
    }
  `,
})
export class MessageBubble {
  readonly message = input.required<ChatMessage>();
  readonly retry = output();
  readonly discard = output();
  /** The person wants to do something with it; where the menu may open. */
  readonly actions = output<MenuPlace>();

  readonly #now = inject(Clock).now;
  readonly #language = inject(Language);
  protected readonly texts = computed(() => this.#language.texts().message);
  readonly #richText = inject(RichTextParser);
  protected readonly nodes = computed(() => this.#richText.nodesOf(this.message().text));
  protected readonly delivered = computed(() => this.message().state === 'delivered');
  protected readonly time = computed(() => shortTime(this.message().sentAt, this.#language.locale()));
  protected readonly iso = computed(() => isoTime(this.message().sentAt));

  /** Coarse words for what is left, near the end only. */
  protected readonly goneIn = computed(() => {
    const { sentAt, expiresAt } = this.message();
    const left = expiresAt - this.#now();
    if (left <= 0 || left > (expiresAt - sentAt) * LAST_PART) return undefined;
    return this.#language.texts().room.goneIn(coarselyInWords(left / 1_000, this.#language.locale()));
  });
  protected readonly failure = computed(() => {
    const { error } = this.message();
    if (error === undefined) return this.texts().failed;
    return this.texts().failedBecause(this.#language.texts().errors[ERROR_KINDS[error]].what);
  });

  protected openActions(button: HTMLElement): void {
    const { left, bottom } = button.getBoundingClientRect();
    this.actions.emit({ x: left, y: Math.min(bottom, innerHeight - MENU_ROOM_PX) });
  }
}
