import { Component, inject } from '@angular/core';
import { InvitePanel } from '../../invite/invite-panel.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { ThemeSwitch } from '../../settings/theme-switch.ts';
import { injectTexts } from '../../i18n/language.ts';
import { WideScreen } from '../../ui/wide-screen.ts';
import { SecurityPanel } from './security-panel.ts';
import { MemberList } from './member-list.ts';

/** Everything about the room that isn't the conversation. */
@Component({
  selector: 'app-room-details',
  imports: [InvitePanel, MemberList, SecurityPanel, ThemeSwitch],
  host: { class: 'details' },
  template: `
    @if (session.invitation(); as invitation) {
      <app-invite-panel [invitation]="invitation" />
    }
    @if (session.members().length > 0) {
      <app-member-list />
    }
    <app-security-panel />
    @if (!screen.wide()) {
      <section class="panel-section panel-row">
        <h2>{{ texts().theme }}</h2>
        <app-theme-switch />
      </section>
    }
  `,
})
export class RoomDetails {
  protected readonly session = inject(RoomSessionStore);
  protected readonly screen = inject(WideScreen);
  protected readonly texts = injectTexts('settings');
}
