import { Component, computed, inject, input, output } from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { injectTexts } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { hueOf } from '../../ui/hue.ts';
import { snippetOf } from './snippet.ts';

/** What a message answers: the beginning of the original as it is now, and the way to it. */
@Component({
  selector: 'app-message-quote',
  template: `
    @if (original(); as message) {
      <button type="button" class="quote" data-testid="quote" (click)="jump.emit(message.id)">
        <span class="hidden-text">{{ texts().toOriginal(name(message)) }}</span>
        <bdi class="quote-name" aria-hidden="true" [attr.data-hue]="message.own ? null : hue(message.mid)">{{
          name(message)
        }}</bdi>
        <span class="quote-text" dir="auto" [class.quote-gone]="message.deleted">{{ words(message) }}</span>
      </button>
    } @else {
      <p class="quote quote-gone" data-testid="quote-gone">{{ texts().originalGone }}</p>
    }
  `,
})
export class MessageQuote {
  readonly replyTo = input.required<NonNullable<ChatMessage['replyTo']>>();
  /** To the original. */
  readonly jump = output<string>();
  readonly #session = inject(RoomSessionStore);
  readonly #room = injectTexts('room');
  protected readonly texts = injectTexts('conversation');
  protected readonly original = computed(() => this.#session.messages().get(this.replyTo().id ?? ''));

  protected name({ own, name }: ChatMessage): string {
    return own ? this.#room().you : name;
  }

  protected words({ deleted, text, attachment }: ChatMessage): string {
    return deleted === true ? this.texts().deleted : snippetOf(attachment?.name ?? text);
  }

  protected hue(mid: string): number {
    return hueOf(mid);
  }
}
