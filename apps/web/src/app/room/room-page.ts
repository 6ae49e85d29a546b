import {
  afterNextRender,
  Component,
  computed,
  DOCUMENT,
  inject,
  output,
  signal,
  Injector,
  viewChild,
} from '@angular/core';
import { AddressBar } from '../address/address-bar.ts';
import { CopyButton } from '../invite/copy-button.ts';
import { InviteDialog } from '../invite/invite-dialog.ts';
import { RoomSessionStore } from '../session/room-session-store.ts';
import { injectTexts } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { Modal } from '../ui/modal.ts';
import { WideScreen } from '../ui/wide-screen.ts';
import { AttachDialog } from './attachments/attach-dialog.ts';
import { DropTarget } from './attachments/drop-target.ts';
import { PictureDialog } from './attachments/picture-dialog.ts';
import { Picks } from './attachments/picks.ts';
import { Announcer } from './announcer/announcer.ts';
import { Composer } from './composer/composer.ts';
import { Composing } from './composer/composing.ts';
import { DeleteDialog } from './delete-dialog.ts';
import { RoomDetails } from './details/room-details.ts';
import { FindDialog } from './find-dialog.ts';
import { KickDialog } from './kick-dialog.ts';
import { LeaveDialog } from './leave-dialog.ts';
import { MessageList } from './messages/message-list.ts';
import { PanicKey } from './panic-key.ts';
import { RichTextParser } from './rich-text/rich-text-parser.ts';
import { RoomDialogs } from './room-dialogs.ts';
import { RoomHeader } from './room-header.ts';
import { roomKeyOf } from './room-keys.ts';
import { RoomTerms } from './room-terms.ts';
import { SafetyDialog } from './safety/safety-dialog.ts';
import { TypingLine } from './composer/typing-line.ts';
import { ShortcutsDialog } from './shortcuts-dialog.ts';
import { Banners } from './status/banners.ts';
import { MembershipSteps } from './status/membership-steps.ts';

/** The room: conversation, composer, and the details beside or behind them. */
@Component({
  selector: 'app-room-page',
  imports: [
    Announcer,
    AttachDialog,
    Banners,
    Composer,
    CopyButton,
    DeleteDialog,
    DropTarget,
    FindDialog,
    Icon,
    InviteDialog,
    KickDialog,
    LeaveDialog,
    MembershipSteps,
    MessageList,
    Modal,
    PictureDialog,
    RoomDetails,
    RoomHeader,
    RoomTerms,
    SafetyDialog,
    ShortcutsDialog,
    TypingLine,
  ],
  providers: [Composing, Picks, RoomDialogs],
  host: { class: 'room', '(document:keydown)': 'watchKeys($event)' },
  template: `
    <a class="skip-link" href="#composer" (click)="toComposer($event)">{{ texts().skip }}</a>
    <main class="room-main">
      <app-room-header (details)="detailsOpen.set(true)" />
      <app-banners (leave)="dialogs.open({ kind: 'leave' })" />
      <app-announcer />
      <app-message-list>
        <app-membership-steps />
        <app-room-terms />
        @if (empty()) {
          <div class="empty" data-testid="empty-room">
            <span class="empty-mark"><app-icon name="lock" /></span>
            <h2>{{ texts().empty }}</h2>
            <p class="muted">{{ texts().emptyNext }}</p>
            @if (link(); as url) {
              <app-copy-button [text]="url" [label]="texts().copyLink" icon="link" testid="empty-copy-link" />
            }
          </div>
        }
      </app-message-list>
      <app-typing-line />
      <app-composer />
      <app-drop-target />
    </main>
    @if (screen.wide()) {
      <aside class="room-aside" [attr.aria-label]="texts().details">
        <app-room-details />
      </aside>
    } @else if (detailsOpen()) {
      <app-modal [heading]="texts().details" [sheet]="true" (closed)="detailsOpen.set(false)">
        <app-room-details />
      </app-modal>
    }
    @let dialog = dialogs.current();
    @switch (dialog?.kind) {
      @case ('leave') {
        <app-leave-dialog (leave)="leave.emit()" (wipe)="wipe.emit()" (stay)="dialogs.close()" />
      }
      @case ('invite') {
        @defer (on immediate) {
          <app-invite-dialog (done)="dialogs.close()" />
        }
      }
      @case ('safety') {
        @defer (on immediate) {
          <app-safety-dialog (done)="dialogs.close()" />
        }
      }
      @case ('find') {
        @defer (on immediate) {
          <app-find-dialog (chosen)="goTo($event)" (done)="dialogs.close()" />
        }
      }
      @case ('shortcuts') {
        @defer (on immediate) {
          <app-shortcuts-dialog (done)="dialogs.close()" />
        }
      }
      @case ('delete') {
        @defer (on immediate) {
          <app-delete-dialog [message]="dialog.message" (done)="dialogs.close()" />
        }
      }
      @case ('attach') {
        @defer (on immediate) {
          <app-attach-dialog [files]="dialog.files" (done)="dialogs.close()" />
        }
      }
      @case ('picture') {
        @defer (on immediate) {
          <app-picture-dialog [message]="dialog.message" (done)="dialogs.close()" />
        }
      }
      @case ('kick') {
        @defer (on immediate) {
          <app-kick-dialog [member]="dialog.member" (done)="dialogs.close()" />
        }
      }
    }
  `,
})
export class RoomPage {
  /** Leave at once, and erase. */
  readonly leave = output();
  /** Leave in every tab, at once. */
  readonly wipe = output();

  readonly #session = inject(RoomSessionStore);
  readonly #address = inject(AddressBar);
  readonly #document = inject(DOCUMENT);
  readonly #panicKey = new PanicKey();
  readonly #injector = inject(Injector);
  private readonly list = viewChild.required(MessageList);
  protected readonly dialogs = inject(RoomDialogs);
  protected readonly screen = inject(WideScreen);
  protected readonly texts = injectTexts('room');
  protected readonly detailsOpen = signal(false);
  protected readonly link = computed(() => {
    const invitation = this.#session.invitation();
    return invitation && this.#address.linkTo(invitation.code);
  });
  protected readonly empty = computed(
    () =>
      this.#session.membership().step === 'active' &&
      this.#session.entries().every((entry) => entry.kind === 'system'),
  );

  constructor() {
    void inject(RichTextParser).load();
    afterNextRender(() => this.#focusFirst());
  }

  protected watchKeys(event: KeyboardEvent): void {
    if (this.#panicKey.completedBy(event.key, event.timeStamp)) this.wipe.emit();
    const kind = roomKeyOf(event);
    if (kind === undefined || this.dialogs.current() !== undefined) return;
    event.preventDefault();
    this.dialogs.open({ kind });
  }

  /** Behind a dialog nothing can have the focus: the way to a message begins when it is closed. */
  protected goTo(messageId: string): void {
    this.dialogs.close();
    this.detailsOpen.set(false);
    afterNextRender(() => this.list().jumpTo(messageId), { injector: this.#injector });
  }

  /** The link's own jump would put a fragment into the address bar. */
  protected toComposer(event: Event): void {
    event.preventDefault();
    this.#document.getElementById('composer')?.focus();
  }

  /** One comes in to write; on a phone the keyboard would hide the room, so there the conversation comes first. */
  #focusFirst(): void {
    const first = this.screen.wide() ? '#composer' : '[role=log]';
    this.#document.querySelector<HTMLElement>(first)?.focus();
  }
}
