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
import { Draft, isSendKey } from './draft.ts';

/** Where one writes. The draft stays whatever the connection does; sending opens with membership. */
@Component({
  selector: 'app-composer',
  imports: [ErrorNote, Icon],
  host: { class: 'composer' },
  template: `
    @if (refused(); as refused) {
      <app-error-note [refused]="refused" />
    }
    <form class="composer-form" (submit)="submit($event)">
      <textarea
        id="composer"
        data-testid="composer"
        rows="1"
        dir="auto"
        autocomplete="off"
        enterkeyhint="send"
        [value]="session.draft()"
        (input)="write(field.value)"
        (keydown)="sendOnEnter($event)"
        (compositionend)="composedAt = $event.timeStamp"
        [attr.aria-label]="texts().label"
        [attr.placeholder]="texts().placeholder"
        [attr.aria-invalid]="draft.tooLong() || null"
        aria-describedby="composer-hint"
        #field
      ></textarea>
      <button
        type="submit"
        class="send-button"
        data-testid="send"
        [attr.data-ready]="session.canWrite()"
        [attr.aria-label]="texts().send"
        [attr.title]="texts().send"
        [attr.aria-disabled]="!draft.sendable()"
      >
        <app-icon name="send" />
      </button>
    </form>
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

  protected write(text: string): void {
    this.session.draft.set(text);
    this.refused.set(undefined);
  }

  protected sendOnEnter(event: KeyboardEvent): void {
    if (!isSendKey(event, this.composedAt)) return;
    event.preventDefault();
    void this.#send();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.#send();
  }

  async #send(): Promise<void> {
    if (!this.draft.sendable()) return;
    const text = this.session.draft();
    this.session.draft.set('');
    this.field().nativeElement.focus();
    const outcome = await this.session.send(text);
    if (outcome.ok) return;
    this.refused.set(outcome.refused);
    this.session.draft.update((since) => (since === '' ? text : `${text}\n${since}`));
  }
}

/** Grows with its lines; the stylesheet sets where it starts to scroll instead. */
function fitToContent(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
