import {
  afterRenderEffect,
  Component,
  computed,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { ErrorNote } from '../../errors/error-note.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { injectTexts } from '../../i18n/language.ts';
import { Icon } from '../../ui/icon.ts';
import type { Place } from '../../ui/keep-inside.ts';
import { EmojiCompletion, type Completed } from '../emoji/emoji-completion.ts';
import { EmojiPopover } from '../emoji/emoji-popover.ts';
import { EmojiSuggestions } from '../emoji/emoji-suggestions.ts';
import { TypingChoice } from '../../settings/typing-choice.ts';
import { Composing } from './composing.ts';
import { ComposingNote } from './composing-note.ts';
import { AttachButton } from '../attachments/attach-button.ts';
import { Draft, isSendKey } from './draft.ts';

/** What the emoji take up; they open above their button. */
const PICKER_HEIGHT_PX = 400;

/** Where one writes. The draft stays whatever the connection does; sending opens with membership. */
@Component({
  selector: 'app-composer',
  imports: [AttachButton, ComposingNote, EmojiPopover, EmojiSuggestions, ErrorNote, Icon],
  providers: [EmojiCompletion],
  host: { class: 'composer' },
  template: `
    @if (refused(); as refused) {
      <app-error-note [refused]="refused" />
    }
    <app-composing-note (cancelled)="cancel()" />
    <app-emoji-suggestions (taken)="takeEmoji($event)" />
    <form class="composer-form" (submit)="submit($event)">
      <app-attach-button />
      <textarea
        id="composer"
        data-testid="composer"
        rows="1"
        dir="auto"
        autocomplete="off"
        enterkeyhint="send"
        [value]="session.draft()"
        (input)="write(field)"
        (blur)="completion.close()"
        (keydown)="pressed($event)"
        (compositionend)="composedAt = $event.timeStamp"
        [attr.aria-label]="texts().label"
        [attr.placeholder]="texts().placeholder"
        [attr.aria-invalid]="draft.tooLong() || null"
        [attr.aria-autocomplete]="completion.at() === undefined ? null : 'list'"
        [attr.aria-controls]="completion.at() === undefined ? null : 'emoji-suggestions'"
        [attr.aria-activedescendant]="
          completion.at() === undefined ? null : 'emoji-suggestion-' + completion.at()
        "
        aria-describedby="composing-purpose composer-hint"
        #field
      ></textarea>
      <button
        type="button"
        class="icon-button composer-emoji"
        data-testid="open-emoji"
        aria-haspopup="dialog"
        [attr.aria-expanded]="picker() !== undefined"
        [attr.aria-label]="emoji().open"
        [attr.title]="emoji().open"
        (click)="openPicker(opener)"
        #opener
      >
        <app-icon name="smile" />
      </button>
      <button
        type="submit"
        class="send-button"
        data-testid="send"
        [attr.data-ready]="session.canWrite()"
        [attr.aria-label]="sendLabel()"
        [attr.title]="sendLabel()"
        [attr.aria-disabled]="!draft.sendable()"
      >
        <app-icon [name]="composing.purpose() === 'edit' ? 'check' : 'send'" />
      </button>
    </form>
    @if (picker(); as place) {
      @defer (on immediate) {
        <app-emoji-popover [place]="place" (chosen)="insert($event)" (closed)="closePicker()" />
      }
    }
    <p class="composer-hint" id="composer-hint">
      <span [class.composer-keys]="session.canWrite()">{{ hint() }}</span>
      @if (draft.counterShown()) {
        <span
          class="counter"
          data-testid="counter"
          aria-live="polite"
          [class.counter-over]="draft.tooLong()"
          >{{ draft.tooLong() ? texts().tooLong(-draft.left()) : texts().left(draft.left()) }}</span
        >
      }
    </p>
  `,
})
export class Composer {
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('composer');
  protected readonly draft = new Draft(this.session.draft, this.session.canWrite);
  protected readonly composing = inject(Composing);
  protected readonly tells = inject(TypingChoice).shown;
  protected readonly completion = inject(EmojiCompletion);
  protected readonly emoji = injectTexts('emoji');
  /** Where the emoji stand open. */
  protected readonly picker = signal<Place | undefined>(undefined);
  readonly #conversation = injectTexts('conversation');
  protected readonly sendLabel = computed(() =>
    this.composing.purpose() === 'edit' ? this.#conversation().save : this.texts().send,
  );
  protected readonly refused = signal<Refused | undefined>(undefined);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  protected composedAt = Number.NEGATIVE_INFINITY;

  protected readonly hint = computed(() => {
    if (this.session.sendingStopped()) return this.texts().paused;
    return this.session.canWrite() ? this.texts().keys : this.texts().notYet;
  });

  constructor() {
    afterRenderEffect({
      write: () => {
        this.session.draft();
        fitToContent(this.field().nativeElement);
      },
    });
  }

  protected write(field: HTMLTextAreaElement): void {
    this.refused.set(undefined);
    this.session.draft.set(field.value);
    if (this.tells() && field.value !== '') void this.session.tellTyping();
    this.#complete(this.completion.typed(field.value, field.selectionStart));
  }

  protected pressed(event: KeyboardEvent): void {
    if (this.completion.at() !== undefined && this.#steersCompletion(event)) event.preventDefault();
    else if (isSendKey(event, this.composedAt)) {
      event.preventDefault();
      void this.#send();
    } else if (event.key === 'Escape' && this.composing.purpose()) this.cancel();
    else if (event.key === 'ArrowUp' && this.session.draft() === '' && this.composing.takeUpLast())
      event.preventDefault();
  }

  protected takeEmoji(index: number): void {
    this.#complete(this.completion.take(index));
  }

  /** Above its button. */
  protected openPicker(button: HTMLElement): void {
    const { left, top } = button.getBoundingClientRect();
    this.picker.set(this.picker() ? undefined : { x: left, y: top - PICKER_HEIGHT_PX });
  }

  protected closePicker(): void {
    this.picker.set(undefined);
    this.field().nativeElement.focus();
  }

  /** Puts an emoji where the caret is. */
  protected insert(emoji: string): void {
    const { value, selectionStart, selectionEnd } = this.field().nativeElement;
    const text = value.slice(0, selectionStart) + emoji + value.slice(selectionEnd);
    this.#complete({ text, caret: selectionStart + emoji.length });
    this.closePicker();
  }

  /** No answer and no edit any more. */
  protected cancel(): void {
    this.composing.cancel();
    this.field().nativeElement.focus();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.#send();
  }

  #steersCompletion({ key }: KeyboardEvent): boolean {
    if (key === 'ArrowDown') this.completion.move(1);
    else if (key === 'ArrowUp') this.completion.move(-1);
    else if (key === 'Enter' || key === 'Tab') this.takeEmoji(this.completion.at() ?? 0);
    else if (key === 'Escape') this.completion.close();
    else return false;
    return true;
  }

  #complete(completed: Completed | undefined): void {
    if (!completed) return;
    const field = this.field().nativeElement;
    this.session.draft.set(completed.text);
    field.value = completed.text;
    field.setSelectionRange(completed.caret, completed.caret);
  }

  async #send(): Promise<void> {
    if (!this.draft.sendable()) return;
    this.field().nativeElement.focus();
    const outcome = await this.composing.send();
    if (!outcome.ok) this.refused.set(outcome.refused);
  }
}

/** Grows with its lines; the stylesheet sets where it starts to scroll instead. */
function fitToContent(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
