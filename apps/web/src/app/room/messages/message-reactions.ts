import { Component, computed, inject, input } from '@angular/core';
import type { ChatMessage, Reaction } from '@bytechat/client';
import { injectTexts, Language } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';

/** Below a message: each emoji with the number of those who gave it. A click adds one's own or takes it back. */
@Component({
  selector: 'app-message-reactions',
  template: `
    <ul class="reactions" data-testid="reactions" [attr.aria-label]="texts().reactions">
      @for (reaction of message().reactions; track reaction.emoji) {
        <li>
          <button
            type="button"
            class="reaction"
            data-testid="reaction"
            [class.reaction-own]="reaction.own"
            [attr.aria-pressed]="reaction.own"
            [attr.title]="label(reaction)"
            (click)="session.react(message().id, reaction.emoji, !reaction.own)"
          >
            <span class="emoji">{{ reaction.emoji }}</span>
            <span class="reaction-count">{{ numbers().format(reaction.by.length) }}</span>
            <span class="hidden-text">{{ names(reaction) }}</span>
          </button>
        </li>
      }
    </ul>
  `,
})
export class MessageReactions {
  readonly message = input.required<ChatMessage>();
  protected readonly session = inject(RoomSessionStore);
  readonly #language = inject(Language);
  readonly #room = injectTexts('room');
  protected readonly texts = injectTexts('conversation');
  protected readonly numbers = computed(() => new Intl.NumberFormat(this.#language.locale()));
  readonly #lists = computed(() => new Intl.ListFormat(this.#language.locale(), { type: 'conjunction' }));
  readonly #self = computed(() => this.session.members().find((member) => member.self)?.mid);

  protected label(reaction: Reaction): string {
    return this.texts().reactedBy(reaction.emoji, this.names(reaction));
  }

  protected names({ by }: Reaction): string {
    const names = by.map(({ mid, name }) => (mid === this.#self() ? this.#room().you : name));
    return this.#lists().format(names);
  }
}
