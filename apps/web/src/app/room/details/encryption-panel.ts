import { Component, computed, inject } from '@angular/core';
import { inWords } from '../../clock/durations.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { TEXTS } from '../../texts.ts';
import { Icon } from '../../ui/icon.ts';

/** What protects the room right now, in words that can be checked. */
@Component({
  selector: 'app-encryption-panel',
  imports: [Icon],
  host: { class: 'panel-section' },
  template: `
    <h2>{{ texts.heading }}</h2>
    <p class="encryption-state" data-testid="encryption-state" [class.encryption-on]="epoch() !== undefined">
      <app-icon name="lock" />{{ epoch() === undefined ? texts.pending : texts.active }}
    </p>
    <dl class="facts">
      @if (epoch() !== undefined) {
        <div>
          <dt>{{ texts.epoch }}</dt>
          <dd data-testid="epoch">{{ epoch() }}</dd>
        </div>
      }
      @if (session.facts(); as facts) {
        <div>
          <dt>{{ texts.suite }}</dt>
          <dd>{{ texts.suites[facts.suite] ?? texts.unknownSuite }}</dd>
        </div>
        <div>
          <dt>{{ texts.newcomers }}</dt>
          <dd>{{ facts.history === 0 ? texts.noHistory : texts.history }}</dd>
        </div>
        <div>
          <dt>{{ texts.lifetime }}</dt>
          <dd>{{ lifetime() }}</dd>
        </div>
      }
    </dl>
    <p class="hint">{{ texts.honest }}</p>
  `,
})
export class EncryptionPanel {
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = TEXTS.encryption;
  protected readonly epoch = computed(() => {
    const membership = this.session.membership();
    return membership.step === 'active' ? membership.epoch : undefined;
  });
  protected readonly lifetime = computed(() => inWords(this.session.facts()?.ttlSeconds ?? 0));
}
