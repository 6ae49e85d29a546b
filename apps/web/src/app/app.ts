import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { Alerts } from './alerts/alerts.ts';
import { AddressBar } from './address/address-bar.ts';
import { EnvironmentPage } from './environment/environment-page.ts';
import { MISSING_PIECE } from './environment/environment.ts';
import { ShellNotes } from './installed/shell-notes.ts';
import { LobbyPage } from './join/lobby-page.ts';
import { StartPage } from './join/start-page.ts';
import { ClosedPage } from './room/closed-page.ts';
import { RoomPage } from './room/room-page.ts';
import { EncryptionLog } from './session/encryption-log.ts';
import { PageTitle } from './session/page-title.ts';
import { RoomSessionStore } from './session/room-session-store.ts';
import { TabClosing } from './session/tab-closing.ts';
import { Theme } from './settings/theme.ts';
import { FocusKeeper } from './ui/focus-keeper.ts';
import { WipedPage } from './wipe/wiped-page.ts';
import { Wipe } from './wipe/wipe.ts';

/** Chooses the page: by what the browser can do, how the session stands, and what the address asks for. */
@Component({
  selector: 'app-root',
  imports: [ClosedPage, EnvironmentPage, LobbyPage, RoomPage, ShellNotes, StartPage, WipedPage],
  template: `
    @if (session.stage() !== 'inside') {
      <app-shell-notes />
    }
    @if (wipe.done()) {
      <app-wiped-page (start)="wipe.seen()" />
    } @else if (missing) {
      <app-environment-page [missing]="missing" />
    } @else if (session.closedBy(); as code) {
      <app-closed-page [code]="code" (again)="joinAgain()" (start)="toStart()" />
    } @else if (session.stage() === 'inside') {
      <app-room-page (leave)="leave()" (wipe)="wipe.everywhere()" />
    } @else if (invitedTo(); as code) {
      <app-lobby-page [code]="code" (away)="toStart()" />
    } @else {
      <app-start-page />
    }
  `,
})
export class App {
  readonly #address = inject(AddressBar);
  protected readonly wipe = inject(Wipe);
  protected readonly session = inject(RoomSessionStore);
  protected readonly missing = inject(MISSING_PIECE);
  protected readonly invitedTo = computed(() => {
    const place = this.#address.place();
    return place.kind === 'invite' ? place.code : undefined;
  });
  /** The code of the room one is in. */
  readonly #entered = signal<string | undefined>(undefined);

  constructor() {
    inject(Alerts);
    inject(Theme);
    inject(EncryptionLog);
    inject(FocusKeeper);
    inject(PageTitle);
    inject(TabClosing);
    effect(() => this.#followSession());
    effect(() => this.#followAddress());
  }

  protected leave(): void {
    this.#address.clear();
    void this.session.leave();
  }

  protected joinAgain(): void {
    const code = this.session.invitation()?.code;
    this.session.startAgain();
    if (code) this.#address.showInvite(code);
  }

  protected toStart(): void {
    this.session.startAgain();
    this.#address.clear();
  }

  /** The secret stays in the address bar while the room is open, changes with the room's invite, and goes when the session has expired. */
  #followSession(): void {
    const code = this.session.stage() === 'inside' ? this.session.invitation()?.code : undefined;
    const closedBy = this.session.closedBy();
    untracked(() => {
      if (closedBy === 'EXPIRED' || closedBy === 'LEFT') this.#address.clear();
      const before = this.#entered();
      if (code === before) return;
      this.#entered.set(code);
      if (code === undefined) return;
      if (before === undefined) this.#address.showInvite(code);
      else this.#address.followInvite(code);
    });
  }

  /** Another link in the same tab: the address bar is the person's word. */
  #followAddress(): void {
    const code = this.invitedTo();
    untracked(() => {
      if (code === undefined || this.session.stage() !== 'inside' || code === this.#entered()) return;
      void this.session.leave();
    });
  }
}
