import { Component, computed, inject, output } from '@angular/core';
import { AddressBar } from '../address/address-bar.ts';
import { injectTexts } from '../i18n/language.ts';
import { RoomSessionStore } from '../session/room-session-store.ts';
import { Icon } from '../ui/icon.ts';
import { Modal } from '../ui/modal.ts';
import { QrCode } from '../ui/qr-code.ts';
import { CodeGroups } from './code-groups.ts';
import { CopyButton } from './copy-button.ts';
import { Sharing } from './sharing.ts';

/** Every way to bring somebody in: picture, link, code and the system's share sheet. */
@Component({
  selector: 'app-invite-dialog',
  imports: [CodeGroups, CopyButton, Icon, Modal, QrCode],
  template: `
    <app-modal [heading]="texts().heading" (closed)="done.emit()">
      @if (invitation(); as invitation) {
        <p class="muted">{{ invitation.hasPassword ? texts().withPassword : texts().withoutPassword }}</p>
        <app-qr-code [text]="link()" [label]="texts().qrLabel" />
        <p class="hint hint-centred">{{ texts().qrHint }}</p>
        <div class="field">
          <label for="invite-link">{{ texts().link }}</label>
          <input
            id="invite-link"
            type="text"
            dir="ltr"
            readonly
            data-testid="invite-link"
            [value]="link()"
            (focus)="field.select()"
            #field
          />
        </div>
        <div class="button-row">
          <app-copy-button [text]="link()" [label]="texts().copyLink" icon="link" testid="dialog-copy-link" />
          @if (sharing.canShare) {
            <button
              type="button"
              class="button button-small"
              data-testid="share"
              (click)="sharing.share(texts().shareTitle, link())"
            >
              <app-icon name="share" />{{ texts().share }}
            </button>
          }
        </div>
        <h3>{{ texts().code }}</h3>
        <app-code-groups [code]="invitation.code" />
        <div class="button-row">
          <app-copy-button [text]="invitation.code" [label]="texts().copyCode" testid="dialog-copy-code" />
        </div>
        <p class="note" data-testid="invite-expiry"><app-icon name="timer" />{{ texts().expiry }}</p>
      }
    </app-modal>
  `,
})
export class InviteDialog {
  readonly done = output();
  readonly #session = inject(RoomSessionStore);
  readonly #address = inject(AddressBar);
  protected readonly sharing = inject(Sharing);
  protected readonly texts = injectTexts('invite');
  protected readonly invitation = this.#session.invitation;
  protected readonly link = computed(() => this.#address.linkTo(this.invitation()?.code ?? ''));
}
