import { Component, inject } from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import { InvitePanel } from '../../invite/invite-panel.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { SettingsPanel } from '../../settings/settings-panel.ts';
import { Icon } from '../../ui/icon.ts';
import { RoomDialogs } from '../room-dialogs.ts';
import { SecurityPanel } from './security-panel.ts';
import { MemberList } from './member-list.ts';

/** Everything about the room that isn't the conversation. */
@Component({
  selector: 'app-room-details',
  imports: [Icon, InvitePanel, MemberList, SecurityPanel, SettingsPanel],
  host: { class: 'details' },
  template: `
    @if (session.invitation(); as invitation) {
      <app-invite-panel [invitation]="invitation" />
    }
    @if (session.members().length > 0) {
      <app-member-list />
    }
    <app-security-panel />
    <app-settings-panel />
    <section class="panel-section details-ways">
      <button type="button" class="button" data-testid="open-find" (click)="dialogs.open({ kind: 'find' })">
        <app-icon name="search" />{{ find().heading }}
      </button>
      <button
        type="button"
        class="button details-keys"
        data-testid="open-shortcuts"
        (click)="dialogs.open({ kind: 'shortcuts' })"
      >
        <app-icon name="keyboard" />{{ shortcuts().heading }}
      </button>
    </section>
  `,
})
export class RoomDetails {
  protected readonly session = inject(RoomSessionStore);
  protected readonly dialogs = inject(RoomDialogs);
  protected readonly find = injectTexts('find');
  protected readonly shortcuts = injectTexts('shortcuts');
}
