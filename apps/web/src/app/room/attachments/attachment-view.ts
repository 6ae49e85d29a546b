import { Component, computed, DestroyRef, effect, inject, input, signal, untracked } from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { ErrorNote } from '../../errors/error-note.ts';
import { injectTexts, Language } from '../../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { Icon } from '../../ui/icon.ts';
import { RoomDialogs } from '../room-dialogs.ts';
import { byteSize } from './byte-size.ts';
import { FileSaver } from './file-saver.ts';
import { imageKind } from './image-kind.ts';
import { ObjectUrls } from './object-urls.ts';

/** A preview that would unfold to more than this is not shown. */
const MAX_PREVIEW_SIDE = 1_024;

/** A message's file: its preview or its kind, its name and size, how far it is, and what one can do with it. */
@Component({
  selector: 'app-attachment-view',
  imports: [ErrorNote, Icon],
  host: { class: 'attachment', 'data-testid': 'attachment' },
  template: `
    @if (preview(); as shown) {
      <button
        type="button"
        class="attachment-picture"
        data-testid="show-picture"
        [attr.aria-label]="texts().show(file().name)"
        (click)="show()"
      >
        <img [src]="shown.url" [alt]="file().name" [attr.width]="shown.width" [attr.height]="shown.height" />
      </button>
    }
    <div class="attachment-line">
      @if (!preview()) {
        <app-icon name="file" />
      }
      <span class="attachment-about">
        <span class="attachment-name" data-testid="attachment-name"
          ><bdi>{{ file().name }}</bdi></span
        >
        <span class="attachment-size">{{ size() }}</span>
      </span>
      @if (progress(); as part) {
        <progress
          data-testid="transfer"
          [value]="part.done"
          [max]="part.total"
          [attr.aria-label]="isSending() ? texts().sending(file().name) : texts().fetching(file().name)"
        ></progress>
        <button
          type="button"
          class="attachment-act"
          data-testid="cancel-transfer"
          [attr.aria-label]="
            isSending() ? texts().stopSending(file().name) : texts().stopFetching(file().name)
          "
          (click)="cancel()"
        >
          <app-icon name="close" />
        </button>
      } @else if (message().state !== 'failed') {
        <button
          type="button"
          class="attachment-act"
          data-testid="save-file"
          [attr.aria-label]="texts().save(file().name)"
          [attr.title]="texts().save(file().name)"
          (click)="save()"
        >
          <app-icon name="save" />
        </button>
      }
    </div>
    <span class="hidden-text" role="status">{{ status() }}</span>
    @if (refused(); as refused) {
      <app-error-note [refused]="refused" />
    }
  `,
})
export class AttachmentView {
  readonly message = input.required<ChatMessage>();
  readonly #session = inject(RoomSessionStore);
  readonly #dialogs = inject(RoomDialogs);
  readonly #saver = inject(FileSaver);
  readonly #urls = inject(ObjectUrls);
  readonly #language = inject(Language);
  protected readonly texts = injectTexts('attachments');
  protected readonly refused = signal<Refused | undefined>(undefined);
  protected readonly preview = signal<{ url: string; width: number; height: number } | undefined>(undefined);
  readonly #fetching = signal(false);

  protected readonly file = computed(() => this.message().attachment ?? { name: '', mediaType: '', size: 0 });
  protected readonly size = computed(() => byteSize(this.file().size, this.#language.locale()));
  protected readonly isSending = computed(() => this.message().state === 'sending');
  protected readonly progress = computed(() => {
    if (!this.isSending() && !this.#fetching()) return undefined;
    return this.#session.transfers().get(this.message().id) ?? { done: 0, total: 1 };
  });
  /** Told to a screen reader, in quarters; the bar itself is silent. */
  protected readonly status = computed(() => {
    const [texts, { name }, part] = [this.texts(), this.file(), this.progress()];
    if (!part) return '';
    const percent = new Intl.NumberFormat(this.#language.locale(), { style: 'percent' });
    const quarters = Math.floor((part.done / part.total) * 4) / 4;
    return `${this.isSending() ? texts.sending(name) : texts.fetching(name)}: ${percent.format(quarters)}`;
  });
  /** A message changes often, its preview never. */
  readonly #previewBytes = computed(() => this.file().preview, {
    equal: (one, other) => one?.length === other?.length,
  });

  constructor() {
    effect(() => {
      const bytes = this.#previewBytes();
      untracked(() => this.#showPreview(bytes));
    });
    inject(DestroyRef).onDestroy(() => this.#showPreview(undefined));
  }

  protected show(): void {
    this.#dialogs.open({ kind: 'picture', message: this.message() });
  }

  protected cancel(): void {
    const { id } = this.message();
    void (this.isSending() ? this.#session.discard(id) : this.#session.cancelDownload(id));
  }

  protected async save(): Promise<void> {
    if (this.#fetching()) return;
    this.#fetching.set(true);
    this.refused.set(undefined);
    const outcome = await this.#session.download(this.message().id);
    this.#fetching.set(false);
    if (outcome.ok) this.#saver.save(outcome.value, this.file().name);
    else if (outcome.refused.code !== 'ERR_CANCELLED') this.refused.set(outcome.refused);
  }

  #showPreview(bytes: Uint8Array<ArrayBuffer> | undefined): void {
    const before = this.preview();
    if (before) this.#urls.revoke(before.url);
    const kind = bytes && imageKind(bytes);
    const isSmall = kind && Math.max(kind.width, kind.height) <= MAX_PREVIEW_SIDE;
    this.preview.set(isSmall ? { ...kind, url: this.#urls.make(bytes, kind.type) } : undefined);
  }
}
