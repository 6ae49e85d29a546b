import { Component, computed, inject, input } from '@angular/core';
import type { Invitation } from '@bytechat/client';
import { AddressBar } from '../address/address-bar.ts';
import { injectTexts } from '../i18n/language.ts';
import { RoomDialogs } from '../room/room-dialogs.ts';
import { Icon } from '../ui/icon.ts';
import { CodeGroups } from './code-groups.ts';
import { CopyButton } from './copy-button.ts';
import { Sharing } from './sharing.ts';

/** How to bring people in: the code, the link, the picture, the share sheet; and how to hide the link. */
@Component({
  selector: 'app-invite-panel',
  imports: [CodeGroups, CopyButton, Icon],
  host: { class: 'panel-section' },
  template: `
    <h2>{{ texts().heading }}</h2>
    <p class="hint">{{ invitation().hasPassword ? texts().withPassword : texts().withoutPassword }}</p>
    <app-code-groups [code]="invitation().code" data-testid="invite-code" />
    <div class="button-row">
      <app-copy-button [text]="link()" [label]="texts().copyLink" icon="link" testid="panel-copy-link" />
      <app-copy-button [text]="invitation().code" [label]="texts().copyCode" testid="copy-code" />
      <button
        type="button"
        class="button button-small"
        data-testid="show-qr"
        (click)="dialogs.open({ kind: 'invite' })"
      >
        <app-icon name="qr" />{{ texts().qr }}
      </button>
      @if (sharing.canShare) {
        <button type="button" class="button button-small" (click)="sharing.share(texts().shareTitle, link())">
          <app-icon name="share" />{{ texts().share }}
        </button>
      }
      @if (!address.hidden()) {
        <button
          type="button"
          class="button button-small button-quiet"
          data-testid="hide-link"
          [attr.title]="texts().hideLinkHint"
          (click)="address.hideInvite()"
        >
          <app-icon name="eyeOff" />{{ texts().hideLink }}
        </button>
      }
    </div>
    <p class="hint" role="status">{{ address.hidden() ? texts().hidden : '' }}</p>
  `,
})
export class InvitePanel {
  readonly invitation = input.required<Invitation>();
  protected readonly address = inject(AddressBar);
  protected readonly dialogs = inject(RoomDialogs);
  protected readonly sharing = inject(Sharing);
  protected readonly texts = injectTexts('invite');
  protected readonly link = computed(() => this.address.linkTo(this.invitation().code));
}
