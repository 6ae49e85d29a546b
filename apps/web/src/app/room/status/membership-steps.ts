import { Component, computed, inject } from '@angular/core';
import type { Membership } from '@bytechat/client';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { injectTexts } from '../../i18n/language.ts';
import { Icon } from '../../ui/icon.ts';

/** How far a step of the way in has come. */
type Progress = 'done' | 'now' | 'ahead';

const ORDER: Readonly<Record<Exclude<Membership['step'], 'unanswered'>, number>> = {
  none: 0,
  keys: 0,
  founding: 1,
  waiting: 1,
  active: 2,
};

/** The way in: keys, a member who lets us in, inside. Gone once one can write. */
@Component({
  selector: 'app-membership-steps',
  imports: [Icon],
  host: { 'data-testid': 'membership-step', '[attr.data-step]': 'step()' },
  template: `
    @if (step() === 'unanswered') {
      <div class="steps" role="alert">
        <h2>{{ texts().unanswered }}</h2>
        <p class="muted">{{ texts().unansweredNext }}</p>
        <button
          type="button"
          class="button button-main"
          data-testid="retry-admission"
          (click)="session.reconnect()"
        >
          {{ texts().retry }}
        </button>
      </div>
    } @else if (step() !== 'active') {
      <div class="steps" role="status">
        <ol [attr.aria-label]="texts().progress">
          @for (item of steps(); track item.label) {
            <li
              class="step"
              [attr.data-progress]="item.progress"
              [attr.aria-current]="item.progress === 'now' ? 'step' : null"
            >
              <span class="step-mark" aria-hidden="true">
                @switch (item.progress) {
                  @case ('done') {
                    <app-icon name="check" />
                  }
                  @case ('now') {
                    <span class="spinner"></span>
                  }
                }
              </span>
              {{ item.label }}
            </li>
          }
        </ol>
        @if (step() === 'waiting') {
          <p class="muted">{{ texts().waitingNext }}</p>
        }
      </div>
    }
  `,
})
export class MembershipSteps {
  protected readonly session = inject(RoomSessionStore);
  protected readonly texts = injectTexts('membership');
  protected readonly step = computed(() => this.session.membership().step);

  protected readonly steps = computed(() => {
    const step = this.step();
    if (step === 'unanswered') return [];
    const middle = step === 'founding' ? this.texts().founding : this.texts().waiting;
    return [this.texts().keys, middle, this.texts().joined].map((label, at) => ({
      label,
      progress: progressOf(at, ORDER[step]),
    }));
  });
}

function progressOf(at: number, current: number): Progress {
  if (at === current) return 'now';
  return at < current ? 'done' : 'ahead';
}
