import { Component, inject } from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';
import { Picks } from './picks.ts';

/** Picks files, or takes a picture where there is a camera at hand. */
@Component({
  selector: 'app-attach-button',
  imports: [Icon],
  host: { class: 'attach' },
  template: `
    <button
      type="button"
      class="attach-button"
      data-testid="attach"
      [attr.aria-label]="texts().add"
      [attr.title]="texts().add"
      [attr.aria-disabled]="!session.canWrite() || null"
      (click)="session.canWrite() && picker.click()"
    >
      <app-icon name="clip" />
    </button>
    <button
      type="button"
      class="attach-button attach-camera"
      data-testid="camera"
      [attr.aria-label]="texts().camera"
      [attr.title]="texts().camera"
      [attr.aria-disabled]="!session.canWrite() || null"
      (click)="session.canWrite() && camera.click()"
    >
      <app-icon name="camera" />
    </button>
    <input type="file" multiple hidden data-testid="file-picker" (change)="picked(picker)" #picker />
    <input type="file" accept="image/*" capture="environment" hidden (change)="picked(camera)" #camera />
  `,
})
export class AttachButton {
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('attachments');
  readonly #picks = inject(Picks);

  /** The field is emptied, so that the same file can be picked once more. */
  protected picked(field: HTMLInputElement): void {
    this.#picks.offer([...(field.files ?? [])]);
    field.value = '';
  }
}
