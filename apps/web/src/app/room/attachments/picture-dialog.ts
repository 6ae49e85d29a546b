import {
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { ErrorNote } from '../../errors/error-note.ts';
import { injectTexts } from '../../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';
import { Modal } from '../../ui/modal.ts';
import { FileSaver } from './file-saver.ts';
import { imageKind } from './image-kind.ts';
import { ObjectUrls } from './object-urls.ts';

/** A picture that would unfold to more than this is only saved. */
const MAX_PIXELS = 50_000_000;

type Shown =
  { state: 'fetching' | 'unshowable' } | { state: 'shown'; url: string; width: number; height: number };

/** The whole picture of a message, fetched now and verified; gone with the dialog, and with its message. */
@Component({
  selector: 'app-picture-dialog',
  imports: [ErrorNote, Icon, Modal],
  template: `
    <app-modal [heading]="name()" (closed)="done.emit()">
      @let picture = shown();
      @if (refused(); as refused) {
        <app-error-note [refused]="refused" />
      } @else if (picture.state === 'shown') {
        <img
          class="picture"
          data-testid="picture"
          [src]="picture.url"
          [alt]="name()"
          [attr.width]="picture.width"
          [attr.height]="picture.height"
        />
      } @else if (picture.state === 'fetching') {
        <progress
          data-testid="transfer"
          [value]="progress().done"
          [max]="progress().total"
          [attr.aria-label]="texts().fetching(name())"
        ></progress>
      } @else {
        <p class="hint">{{ texts().notShown }}</p>
      }
      @if (bytes(); as bytes) {
        <div class="button-row button-row-end">
          <button type="button" class="button" data-testid="save-picture" (click)="saver.save(bytes, name())">
            <app-icon name="save" />{{ texts().saveIt }}
          </button>
        </div>
      }
    </app-modal>
  `,
})
export class PictureDialog {
  readonly message = input.required<ChatMessage>();
  readonly done = output();
  readonly #session = inject(RoomSessionStore);
  readonly #urls = inject(ObjectUrls);
  protected readonly saver = inject(FileSaver);
  protected readonly texts = injectTexts('attachments');
  protected readonly refused = signal<Refused | undefined>(undefined);
  protected readonly bytes = signal<Uint8Array<ArrayBuffer> | undefined>(undefined);
  protected readonly shown = signal<Shown>({ state: 'fetching' });
  protected readonly name = computed(() => this.message().attachment?.name ?? '');
  protected readonly progress = computed(
    () => this.#session.transfers().get(this.message().id) ?? { done: 0, total: 1 },
  );
  #isGone = false;

  constructor() {
    effect(() => {
      const { id } = this.message();
      if (!this.#session.entries().some((entry) => entry.id === id)) this.done.emit();
    });
    effect(() => {
      const { id } = this.message();
      untracked(() => void this.#fetch(id));
    });
    inject(DestroyRef).onDestroy(() => this.#end());
  }

  async #fetch(id: string): Promise<void> {
    const outcome = await this.#session.download(id);
    if (this.#isGone) return;
    if (!outcome.ok) {
      this.refused.set(outcome.refused);
      return;
    }
    this.bytes.set(outcome.value);
    const kind = imageKind(outcome.value);
    const isShowable = kind && kind.width * kind.height <= MAX_PIXELS;
    this.shown.set(
      isShowable
        ? { ...kind, state: 'shown', url: this.#urls.make(outcome.value, kind.type) }
        : { state: 'unshowable' },
    );
  }

  #end(): void {
    this.#isGone = true;
    const shown = this.shown();
    if (shown.state === 'shown') this.#urls.revoke(shown.url);
    if (shown.state === 'fetching') void this.#session.cancelDownload(this.message().id);
  }
}
