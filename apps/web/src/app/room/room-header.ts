import { Component, computed, inject, output } from '@angular/core';
import { AddressBar } from '../address/address-bar.ts';
import { inWords } from '../clock/durations.ts';
import { CopyButton } from '../invite/copy-button.ts';
import { RoomSessionStore } from '../session/room-session-store.ts';
import { ThemeSwitch } from '../settings/theme-switch.ts';
import { injectTexts, Language } from '../i18n/language.ts';
import { Icon } from '../ui/icon.ts';
import { Logo } from '../ui/logo.ts';
import { WideScreen } from '../ui/wide-screen.ts';
import { RoomDialogs } from './room-dialogs.ts';
import { ConnectionChip } from './status/connection-chip.ts';

/** Who is here, how the connection stands, and the few things one does with a room. */
@Component({
  selector: 'app-room-header',
  imports: [ConnectionChip, CopyButton, Icon, Logo, ThemeSwitch],
  host: { class: 'room-header' },
  template: `
    <app-logo [wordmark]="false" />
    <div class="room-title">
      <h1>{{ texts().title }}</h1>
      <p>
        {{ people() }}
        @if (lifetime(); as text) {
          <span class="room-lifetime">{{ people() && '·' }} {{ text }}</span>
        }
      </p>
    </div>
    <app-connection-chip />
    @if (link(); as url) {
      <app-copy-button [text]="url" [label]="texts().copyLink" icon="link" testid="copy-link" />
    }
    @if (link()) {
      <button
        type="button"
        class="icon-button"
        data-testid="open-invite"
        [attr.aria-label]="texts().invite"
        [attr.title]="texts().invite"
        (click)="dialogs.open({ kind: 'invite' })"
      >
        <app-icon name="qr" />
      </button>
    }
    <app-theme-switch />
    @if (!screen.wide()) {
      <button
        type="button"
        class="icon-button"
        data-testid="details"
        [attr.aria-label]="texts().details"
        [attr.title]="texts().details"
        (click)="details.emit()"
      >
        <app-icon name="people" />
      </button>
    }
    <button
      type="button"
      class="icon-button"
      data-testid="leave"
      [attr.aria-label]="texts().leave"
      [attr.title]="texts().leave"
      (click)="dialogs.open({ kind: 'leave' })"
    >
      <app-icon name="leave" />
    </button>
  `,
})
export class RoomHeader {
  readonly details = output();

  readonly #session = inject(RoomSessionStore);
  readonly #language = inject(Language);
  readonly #address = inject(AddressBar);
  protected readonly dialogs = inject(RoomDialogs);
  protected readonly screen = inject(WideScreen);
  protected readonly texts = injectTexts('room');

  protected readonly link = computed(() => {
    const invitation = this.#session.invitation();
    return invitation && this.#address.linkTo(invitation.code);
  });
  protected readonly people = computed(() => {
    const count = this.#session.members().length;
    return count === 0 ? '' : this.texts().people(count);
  });
  protected readonly lifetime = computed(() => {
    const ttlSeconds = this.#session.invitation()?.ttlSeconds;
    return ttlSeconds === undefined
      ? ''
      : this.texts().vanishing(inWords(ttlSeconds, this.#language.locale()));
  });
}
