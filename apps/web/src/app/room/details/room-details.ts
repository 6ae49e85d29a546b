import { Component, inject } from '@angular/core';
import { InvitePanel } from '../../invite/invite-panel.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { SettingsPanel } from '../../settings/settings-panel.ts';
import { SecurityPanel } from './security-panel.ts';
import { MemberList } from './member-list.ts';

/** Everything about the room that isn't the conversation. */
@Component({
  selector: 'app-room-details',
  imports: [InvitePanel, MemberList, SecurityPanel, SettingsPanel],
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
  `,
})
export class RoomDetails {
  protected readonly session = inject(RoomSessionStore);
}
