import { Component, inject } from '@angular/core';
import { InvitePanel } from '../../invite/invite-panel.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { EncryptionPanel } from './encryption-panel.ts';
import { MemberList } from './member-list.ts';

/** Everything about the room that isn't the conversation. */
@Component({
  selector: 'app-room-details',
  imports: [EncryptionPanel, InvitePanel, MemberList],
  host: { class: 'details' },
  template: `
    @if (session.invitation(); as invitation) {
      <app-invite-panel [invitation]="invitation" />
    }
    <app-member-list />
    <app-encryption-panel />
  `,
})
export class RoomDetails {
  protected readonly session = inject(RoomSessionStore);
}
