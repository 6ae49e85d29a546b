import { Component, computed, inject } from '@angular/core';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { TEXTS } from '../../texts.ts';
import { Avatar } from '../../ui/avatar.ts';

/** Who is in the room: oneself first, then those present, then those away. */
@Component({
  selector: 'app-member-list',
  imports: [Avatar],
  host: { class: 'panel-section' },
  template: `
    <h2>{{ texts.heading(members().length) }}</h2>
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
            <span class="tag">{{ texts.you }}</span>
          }
          @if (member.owner) {
            <span class="tag">{{ texts.owner }}</span>
          }
          @if (!member.present) {
            <span class="tag tag-quiet">{{ texts.away }}</span>
          }
        </li>
      }
    </ul>
  `,
})
export class MemberList {
  readonly #session = inject(RoomSessionStore);
  protected readonly texts = TEXTS.people;
  protected readonly members = computed(() =>
    this.#session
      .members()
      .toSorted(
        (a, b) => Number(b.self) - Number(a.self) || Number(b.present) - Number(a.present) || a.idx - b.idx,
      ),
  );
}
