import { Component, computed, inject } from '@angular/core';
import { Clock } from '../../clock/clock.ts';
import { agoInWords, inWords } from '../../clock/durations.ts';
import { Language } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { RoomDialogs } from '../room-dialogs.ts';
import { suiteName } from '../../session/suites.ts';
import { Icon } from '../../ui/icon.ts';

/** What protects the room right now, in words that can be checked. */
@Component({
  selector: 'app-security-panel',
  imports: [Icon],
  host: { class: 'panel-section', 'data-testid': 'security' },
  template: `
    <h2>{{ texts().heading }}</h2>
    <p class="encryption-state" data-testid="encryption-state" [class.encryption-on]="epoch() !== undefined">
      <app-icon name="lock" />{{ epoch() === undefined ? texts().pending : texts().active }}
    </p>
    <dl class="facts">
      @if (session.security(); as security) {
        <div>
          <dt>{{ texts().verified }}</dt>
          <dd data-testid="verified">{{ verified() }}</dd>
        </div>
        <div>
          <dt>{{ texts().inSync }}</dt>
          <dd data-testid="in-sync">{{ inSync() }}</dd>
        </div>
      }
      @if (rules(); as facts) {
        <div>
          <dt>{{ texts().newcomers }}</dt>
          <dd data-testid="newcomers">{{ facts.history === 0 ? texts().noHistory : texts().history }}</dd>
        </div>
        <div>
          <dt>{{ texts().lifetime }}</dt>
          <dd>{{ lifetime() }}</dd>
        </div>
      }
      @if (epoch() !== undefined) {
        <div [attr.title]="texts().epochHint">
          <dt>{{ texts().epoch }}</dt>
          <dd data-testid="epoch">{{ epoch() }}</dd>
        </div>
      }
      @if (session.facts(); as facts) {
        <div>
          <dt>{{ texts().suite }}</dt>
          <dd data-testid="suite">{{ suite() }}</dd>
        </div>
      }
    </dl>
    @if (session.security()) {
      <div class="button-row">
        <button
          type="button"
          class="button button-small"
          data-testid="open-safety"
          (click)="dialogs.open({ kind: 'safety' })"
        >
          <app-icon name="shield" />{{ texts().verify }}
        </button>
      </div>
    }
    <p class="hint">{{ texts().honest }}</p>
  `,
})
export class SecurityPanel {
  readonly #language = inject(Language);
  readonly #now = inject(Clock).now;
  protected readonly dialogs = inject(RoomDialogs);
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = computed(() => this.#language.texts().security);

  protected readonly epoch = computed(() => {
    const membership = this.session.membership();
    return this.session.security()?.epoch ?? (membership.step === 'active' ? membership.epoch : undefined);
  });
  /** What the members agree on; as long as nobody has let us in, only the server has told. */
  protected readonly rules = computed(() => (this.epoch() === undefined ? undefined : this.session.facts()));
  protected readonly lifetime = computed(() =>
    inWords(this.session.facts()?.ttlSeconds ?? 0, this.#language.locale()),
  );
  protected readonly suite = computed(
    () => suiteName(this.session.facts()?.suite) ?? this.texts().unknownSuite,
  );
  protected readonly verified = computed(() => {
    const { members, of } = this.session.security()?.verified ?? { members: 0, of: 0 };
    return of === 0 ? this.texts().nobodyElse : this.texts().verifiedOf(members, of);
  });
  protected readonly inSync = computed(() => {
    const { members, of, lastProofAt } = this.session.security()?.inSync ?? { members: 0, of: 0 };
    if (of === 0) return this.texts().nobodyElse;
    if (lastProofAt === undefined) return this.texts().noProof;
    const ago = agoInWords(Math.max(0, this.#now() - lastProofAt) / 1_000, this.#language.locale());
    return this.texts().inSyncSince(members, of, ago);
  });
}
