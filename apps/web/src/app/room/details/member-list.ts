import { Component, computed, inject } from '@angular/core';
import type { Member } from '@bytechat/client';
import { injectTexts } from '../../i18n/language.ts';
import { Clock } from '../../clock/clock.ts';
import { calmly } from '../../session/away-since.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { Avatar } from '../../ui/avatar.ts';
import { Icon } from '../../ui/icon.ts';
import { RoomDialogs } from '../room-dialogs.ts';

/** Who is in the room: oneself first, then those present, then those away. */
@Component({
  selector: 'app-member-list',
  imports: [Avatar, Icon],
  host: { class: 'panel-section' },
  template: `
    <h2>{{ texts().heading(members().length) }}</h2>
    <ul class="people">
      @for (member of members(); track member.mid) {
        <li
          class="person"
          data-testid="member"
          [attr.data-self]="member.self"
          [attr.data-present]="member.present"
          [class.person-away]="!member.present"
        >
          <app-avatar [mid]="member.mid" [name]="member.name" />
          <bdi class="person-name">{{ member.name }}</bdi>
          @if (member.self) {
            <span class="tag">{{ texts().you }}</span>
          }
          @if (member.owner) {
            <span class="tag">{{ texts().owner }}</span>
          }
          @if (session.verified().has(member.mid)) {
            <span class="tag tag-good" data-testid="member-verified">{{ texts().verified }}</span>
          }
          @if (sharedNames().has(member.name)) {
            <span class="tag tag-warn" data-testid="same-name">{{ texts().sameName }}</span>
          }
          @if (!member.present) {
            <span class="tag tag-quiet">{{ texts().away }}</span>
          }
          @if (canKick(member)) {
            <button
              type="button"
              class="icon-button person-action"
              data-testid="kick"
              [attr.aria-label]="texts().kick(member.name)"
              [attr.title]="texts().kick(member.name)"
              (click)="dialogs.open({ kind: 'kick', member })"
            >
              <app-icon name="removePerson" />
            </button>
          }
        </li>
      }
    </ul>
  `,
})
export class MemberList {
  protected readonly session = inject(RoomSessionStore);
  protected readonly dialogs = inject(RoomDialogs);
  protected readonly texts = injectTexts('people');
  readonly #now = inject(Clock).now;
  protected readonly members = computed(() =>
    calmly(this.session.members(), this.session.awaySince(), this.#now()).toSorted(
      (a, b) => Number(b.self) - Number(a.self) || Number(b.present) - Number(a.present) || a.idx - b.idx,
    ),
  );
  /** Names that more than one member bears: nobody can be told apart by them. */
  protected readonly sharedNames = computed(() => {
    const names = this.session.members().map((member) => member.name);
    return new Set(names.filter((name, at) => names.indexOf(name) !== at));
  });

  protected canKick(member: Member): boolean {
    return !member.self && this.session.security()?.canKick === true;
  }
}
