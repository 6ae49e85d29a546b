import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { ErrorNote } from '../../errors/error-note.ts';
import { injectTexts, Language } from '../../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';
import { Modal } from '../../ui/modal.ts';
import { byteSize } from './byte-size.ts';
import { IMAGE_CODEC } from './image-codec.ts';
import { prepareFile } from './prepare-file.ts';

/** Shows what was picked, and asks whether pictures go as they are. Nothing of them leaves the tab before that. */
@Component({
  selector: 'app-attach-dialog',
  imports: [ErrorNote, Icon, Modal],
  template: `
    <app-modal [heading]="texts().heading" (closed)="done.emit()">
      <ul class="attach-list">
        @for (file of chosen(); track file) {
          <li data-testid="picked">
            <app-icon [name]="isImage(file) ? 'picture' : 'file'" />
            <span class="attach-name"
              ><bdi>{{ file.name }}</bdi></span
            >
            <span class="muted">{{ sizeOf(file) }}</span>
            <button
              type="button"
              class="icon-button"
              data-testid="unpick"
              [attr.aria-label]="texts().remove(file.name)"
              (click)="unpick(file)"
            >
              <app-icon name="close" />
            </button>
          </li>
        }
      </ul>
      @if (hasImages()) {
        <label class="attach-original">
          <input
            type="checkbox"
            data-testid="original"
            [checked]="original()"
            (change)="original.set(box.checked)"
            #box
          />
          <span>{{ texts().original }}</span>
        </label>
        <p class="hint" aria-live="polite" data-testid="metadata-hint">
          {{ original() ? texts().kept : texts().stripped }}
        </p>
      }
      @if (hasOthers()) {
        <p class="hint">{{ texts().asTheyAre }}</p>
      }
      @if (refused(); as refused) {
        <app-error-note [refused]="refused" />
      }
      <div class="button-row button-row-end">
        <button type="button" class="button button-quiet" (click)="done.emit()">{{ texts().cancel }}</button>
        <button
          type="button"
          class="button button-main"
          data-testid="send-files"
          autofocus
          [attr.aria-disabled]="working() || chosen().length === 0 || null"
          (click)="send()"
        >
          @if (working()) {
            <span class="spinner" aria-hidden="true"></span>
          }
          {{ texts().send }}
        </button>
      </div>
    </app-modal>
  `,
})
export class AttachDialog {
  readonly files = input.required<readonly File[]>();
  readonly done = output();
  readonly #session = inject(RoomSessionStore);
  readonly #codec = inject(IMAGE_CODEC);
  readonly #language = inject(Language);
  protected readonly texts = injectTexts('attachments');
  protected readonly chosen = linkedSignal<readonly File[]>(() => this.files());
  protected readonly original = signal(false);
  protected readonly working = signal(false);
  protected readonly refused = signal<Refused | undefined>(undefined);
  protected readonly hasImages = computed(() => this.chosen().some(isImage));
  protected readonly hasOthers = computed(() => !this.chosen().every(isImage));
  protected readonly isImage = isImage;

  protected sizeOf({ size }: File): string {
    return byteSize(size, this.#language.locale());
  }

  protected unpick(file: File): void {
    this.chosen.update((files) => files.filter((other) => other !== file));
    if (this.chosen().length === 0) this.done.emit();
  }

  /** One after the other: what was refused stays in the list, with the reason. */
  protected async send(): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    this.refused.set(undefined);
    for (const file of this.chosen()) {
      const outcome = await this.#session.attach(await prepareFile(file, this.original(), this.#codec));
      if (outcome.ok) this.chosen.update((files) => files.filter((other) => other !== file));
      else this.refused.set(outcome.refused);
    }
    this.working.set(false);
    if (this.chosen().length === 0) this.done.emit();
  }
}

/** As its sender's own system sees it; whether the browser can read it shows when it is sent. */
function isImage({ type }: File): boolean {
  return type.startsWith('image/') && type !== 'image/svg+xml';
}
