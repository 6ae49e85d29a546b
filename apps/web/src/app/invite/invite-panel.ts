import { Component, computed, inject, input, signal } from '@angular/core';
import type { Invitation } from '@bytechat/client';
import { AddressBar } from '../address/address-bar.ts';
import { TEXTS } from '../texts.ts';
import { Icon } from '../ui/icon.ts';
import { CopyButton } from './copy-button.ts';
import { groupsOf } from './invite-code.ts';
import { Sharing } from './sharing.ts';

/** How to bring people in: the link, the code, the system's share sheet; and how to hide the link. */
@Component({
  selector: 'app-invite-panel',
  imports: [CopyButton, Icon],
  host: { class: 'panel-section' },
  template: `
    <h2>{{ texts.heading }}</h2>
    <p class="hint">{{ invitation().hasPassword ? texts.withPassword : texts.withoutPassword }}</p>
    <p class="code-groups" [attr.aria-label]="texts.code" data-testid="invite-code">
      @for (group of groups(); track $index) {
        <span>{{ group }}</span>
      }
    </p>
    <div class="button-row">
      <app-copy-button [text]="link()" [label]="texts.copyLink" icon="link" testid="panel-copy-link" />
      <app-copy-button [text]="invitation().code" [label]="texts.copyCode" testid="copy-code" />
      @if (sharing.canShare) {
        <button type="button" class="button button-small" (click)="sharing.share(texts.shareTitle, link())">
          <app-icon name="share" />{{ texts.share }}
        </button>
      }
      @if (!hidden()) {
        <button
          type="button"
          class="button button-small button-quiet"
          data-testid="hide-link"
          [attr.title]="texts.hideLinkHint"
          (click)="hideLink()"
        >
          <app-icon name="eyeOff" />{{ texts.hideLink }}
        </button>
      }
    </div>
    <p class="hint" role="status">{{ hidden() ? texts.hidden : '' }}</p>
  `,
})
export class InvitePanel {
  readonly invitation = input.required<Invitation>();
  readonly #address = inject(AddressBar);
  protected readonly sharing = inject(Sharing);
  protected readonly texts = TEXTS.invite;
  protected readonly hidden = signal(false);
  protected readonly groups = computed(() => groupsOf(this.invitation().code));
  protected readonly link = computed(() => this.#address.linkTo(this.invitation().code));

  protected hideLink(): void {
    this.#address.hideInvite();
    this.hidden.set(true);
  }
}
