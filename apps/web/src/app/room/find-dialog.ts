import { Component, computed, inject, output, signal } from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { injectTexts, Language } from '../i18n/language.ts';
import { RoomSessionStore } from '../session/room-session-store.ts';
import { hueOf } from '../ui/hue.ts';
import { Modal } from '../ui/modal.ts';
import { findMessages } from './messages/find-messages.ts';
import { snippetOf } from './messages/snippet.ts';
import { shortTime } from './messages/times.ts';

/** Finds a message among those on the screen, and leads to it. */
@Component({
  selector: 'app-find-dialog',
  imports: [Modal],
  template: `
    <app-modal [heading]="texts().heading" (closed)="done.emit()">
      <div class="field">
        <input
          type="search"
          data-testid="find"
          autocomplete="off"
          dir="auto"
          autofocus
          [attr.aria-label]="texts().label"
          [attr.placeholder]="texts().label"
          (input)="query.set(field.value)"
          (keydown.enter)="first($event)"
          #field
        />
      </div>
      <ul class="found" data-testid="found">
        @for (message of found(); track message.id) {
          <li>
            <button
              type="button"
              class="found-message"
              data-testid="found-message"
              (click)="chosen.emit(message.id)"
            >
              <span class="found-head">
                <bdi class="quote-name" [attr.data-hue]="hue(message)">{{
                  message.own ? room().you : message.name
                }}</bdi>
                <time>{{ time(message) }}</time>
              </span>
              <span class="quote-text" dir="auto">{{ snippet(message) }}</span>
            </button>
          </li>
        } @empty {
          <li class="muted" role="status">{{ texts().none }}</li>
        }
      </ul>
      <p class="hint">{{ texts().hint }}</p>
    </app-modal>
  `,
})
export class FindDialog {
  readonly done = output();
  /** The id of the message to go to. */
  readonly chosen = output<string>();
  readonly #session = inject(RoomSessionStore);
  readonly #language = inject(Language);
  protected readonly texts = injectTexts('find');
  protected readonly room = injectTexts('room');
  protected readonly query = signal('');
  protected readonly found = computed(() => findMessages(this.#session.messages().values(), this.query()));

  protected first(event: Event): void {
    event.preventDefault();
    const [message] = this.found();
    if (message) this.chosen.emit(message.id);
  }

  protected hue({ mid }: ChatMessage): number {
    return hueOf(mid);
  }

  protected time({ sentAt }: ChatMessage): string {
    return shortTime(sentAt, this.#language.locale());
  }

  protected snippet({ text }: ChatMessage): string {
    return snippetOf(text);
  }
}
