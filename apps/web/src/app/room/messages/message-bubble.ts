import { Component, computed, inject, input, output } from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { coarselyInWords } from '../../clock/durations.ts';
import { Clock } from '../../clock/clock.ts';
import { ERROR_KINDS } from '../../errors/error-texts.ts';
import { Language } from '../../i18n/language.ts';
import { Icon } from '../../ui/icon.ts';
import { AttachmentView } from '../attachments/attachment-view.ts';
import { RichTextParser } from '../rich-text/rich-text-parser.ts';
import { RichText } from '../rich-text/rich-text.ts';
import type { MenuPlace } from './message-menu.ts';
import { MessageQuote } from './message-quote.ts';
import { MessageReactions } from './message-reactions.ts';
import { shortTime, isoTime } from './times.ts';

/** The last part of a message's life, in which the countdown is shown. */
const LAST_PART = 0.1;

/** One message: its text, its time, how far it has come, and when it goes. */
@Component({
  selector: 'app-message-bubble',
  imports: [AttachmentView, Icon, MessageQuote, MessageReactions, RichText],
  host: {
    class: 'bubble',
    'data-testid': 'message',
    '[attr.data-state]': "delivered() ? 'sent' : message().state",
    '[attr.data-delivered]': 'delivered() || null',
    '[attr.data-message]': 'message().id',
    '[class.bubble-own]': 'message().own',
    '[class.bubble-failed]': "message().state === 'failed'",
    '[class.bubble-found]': 'found()',
    tabindex: '-1',
  },
  template: `
    @if (message().replyTo; as replyTo) {
      <app-message-quote [replyTo]="replyTo" (jump)="jump.emit($event)" />
    }
    @if (message().deleted) {
      <p class="bubble-text bubble-deleted" data-testid="deleted">
        <app-icon name="trash" />{{ conversation().deleted }}
      </p>
    } @else if (message().attachment) {
      <app-attachment-view [message]="message()" />
    } @else {
      <div class="bubble-text" dir="auto" data-testid="message-text"><app-rich-text [nodes]="nodes()" /></div>
    }
    <p class="bubble-meta">
      @if (goneIn(); as span) {
        <span class="bubble-expiry"><app-icon name="timer" />{{ span }}</span>
      }
      @if (!message().deleted) {
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
        @if (settled()) {
          <button
            type="button"
            class="bubble-quick"
            data-testid="quick-react"
            tabindex="-1"
            [attr.aria-label]="conversation().react"
            [attr.title]="conversation().react"
            (click)="emoji.emit(placeBelow(react))"
            #react
          >
            <app-icon name="smile" />
          </button>
          <button
            type="button"
            class="bubble-quick"
            data-testid="quick-reply"
            tabindex="-1"
            [attr.aria-label]="conversation().reply"
            [attr.title]="conversation().reply"
            (click)="reply.emit()"
          >
            <app-icon name="reply" />
          </button>
        }
        <span class="bubble-gap"></span>
      }
      @if (message().edited) {
        <span data-testid="edited">{{ conversation().edited }}</span>
      }
      <time [attr.datetime]="iso()">{{ time() }}</time>
      @if (message().change === 'sending') {
        <app-icon name="timer" /><span class="hidden-text">{{ conversation().changing }}</span>
      } @else if (message().own) {
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
    @if (message().reactions.length > 0) {
      <app-message-reactions [message]="message()" />
    }
    @if (message().change === 'failed') {
      <p class="bubble-failure" data-testid="change-failed">{{ conversation().changeFailed }}</p>
    }
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
  /** The person has just been led here. */
  readonly found = input(false);
  /** The person wants to do something with it; where the menu may open. */
  readonly actions = output<MenuPlace>();
  /** The person wants to react; where the emoji may open. */
  readonly emoji = output<MenuPlace>();
  readonly reply = output();
  /** To the message with this id. */
  readonly jump = output<string>();

  readonly #now = inject(Clock).now;
  readonly #language = inject(Language);
  protected readonly texts = computed(() => this.#language.texts().message);
  readonly #richText = inject(RichTextParser);
  protected readonly nodes = computed(() => this.#richText.nodesOf(this.message().text));
  protected readonly conversation = computed(() => this.#language.texts().conversation);
  /** It stands in the log, so that one can speak of it. */
  protected readonly settled = computed(() => ['sent', 'delivered'].includes(this.message().state));
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
    this.actions.emit(this.placeBelow(button));
  }

  protected placeBelow(button: HTMLElement): MenuPlace {
    const { left, bottom } = button.getBoundingClientRect();
    return { x: left, y: bottom };
  }
}
