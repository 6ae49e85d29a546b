import { Component, computed, inject, output, resource } from '@angular/core';
import type { Safety } from '@bytechat/client';
import { ErrorNote } from '../../errors/error-note.ts';
import { injectTexts } from '../../i18n/language.ts';
import { RoomSessionStore, type Refused } from '../../session/room-session-store.ts';
import { Modal } from '../../ui/modal.ts';
import { QrCode } from '../../ui/qr-code.ts';
import { PersonCheck } from './person-check.ts';

type Sight = { state: 'shown'; safety: Safety } | { state: 'refused'; refused: Refused };

/** What people compare over another channel: twelve words for the whole room, sixty digits for each person. */
@Component({
  selector: 'app-safety-dialog',
  imports: [ErrorNote, Modal, PersonCheck, QrCode],
  template: `
    <app-modal [heading]="texts().heading" (closed)="done.emit()">
      <p class="muted">{{ texts().lead }}</p>
      @let sight = shown();
      @switch (sight?.state) {
        @case ('shown') {
          <h3>{{ texts().words }}</h3>
          <ol class="safety-words" lang="en" dir="ltr" data-testid="safety-words">
            @for (word of sight.safety.words; track $index) {
              <li>{{ word }}</li>
            }
          </ol>
          <app-qr-code [text]="sight.safety.qr" [label]="texts().qrLabel" />
          <p class="hint hint-centred">{{ texts().qrHint }}</p>
          <h3>{{ texts().people }}</h3>
          @if (people().length < 2) {
            <p class="muted">{{ texts().alone }}</p>
          } @else {
            <p class="hint">{{ texts().peopleHint }}</p>
            <ul class="checks">
              @for (person of people(); track person.member.mid) {
                <li>
                  <app-person-check
                    [member]="person.member"
                    [fingerprint]="person.fingerprint"
                    [verified]="session.verified().has(person.member.mid)"
                  />
                </li>
              }
            </ul>
          }
          <p class="hint">{{ texts().session }}</p>
        }
        @case ('refused') {
          <app-error-note [refused]="sight.refused" />
        }
        @default {
          <p class="muted" role="status">{{ texts().loading }}</p>
        }
      }
    </app-modal>
  `,
})
export class SafetyDialog {
  readonly done = output();
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('safety');

  /** Asked anew whenever somebody comes or goes: the words are those of exactly these people. */
  readonly #roster = computed(() =>
    this.session
      .members()
      .map((member) => member.mid)
      .join(' '),
  );
  readonly #sight = resource({
    params: () => this.#roster(),
    loader: async (): Promise<Sight> => {
      const outcome = await this.session.safety();
      return outcome.ok
        ? { state: 'shown', safety: outcome.value }
        : { state: 'refused', refused: outcome.refused };
    },
  });
  protected readonly shown = computed(() => (this.#sight.hasValue() ? this.#sight.value() : undefined));

  /** Oneself first, then the others as they came. */
  protected readonly people = computed(() => {
    const sight = this.shown();
    if (sight?.state !== 'shown') return [];
    const digits = new Map(sight.safety.members.map(({ mid, fingerprint }) => [mid, fingerprint]));
    return this.session
      .members()
      .toSorted((a, b) => Number(b.self) - Number(a.self) || a.idx - b.idx)
      .flatMap((member) => {
        const fingerprint = digits.get(member.mid);
        return fingerprint === undefined ? [] : [{ member, fingerprint }];
      });
  });
}
