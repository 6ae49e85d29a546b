import {
  afterNextRender,
  Component,
  computed,
  type ElementRef,
  input,
  output,
  viewChild,
} from '@angular/core';
import type { CloseCode } from '@bytechat/client';
import { injectTexts } from '../i18n/language.ts';
import { Logo } from '../ui/logo.ts';

/** Closes after which the same link leads somewhere. */
const CAN_JOIN_AGAIN: ReadonlySet<CloseCode> = new Set<CloseCode>([
  'EXPIRED',
  'REPLACED',
  'GENERATION',
  'REMOVED',
  'PROTOCOL',
  'REFUSED',
]);

/** Why the room was closed, and the way on. */
@Component({
  selector: 'app-closed-page',
  imports: [Logo],
  host: { class: 'page page-narrow' },
  template: `
    <main class="card card-centred" data-testid="closed" [attr.data-code]="code()">
      <app-logo />
      <h1 tabindex="-1" #heading>{{ text().what }}</h1>
      <p class="muted">{{ text().next }}</p>
      <div class="button-column">
        @if (canJoinAgain()) {
          <button type="button" class="button button-main" data-testid="start-again" (click)="again.emit()">
            {{ texts().again }}
          </button>
        }
        <button
          type="button"
          class="button"
          [class.button-main]="!canJoinAgain()"
          data-testid="to-start"
          (click)="start.emit()"
        >
          {{ texts().toStart }}
        </button>
      </div>
    </main>
  `,
})
export class ClosedPage {
  readonly code = input.required<CloseCode>();
  /** To the door of the same room. */
  readonly again = output();
  readonly start = output();
  protected readonly texts = injectTexts('closed');
  protected readonly closedBy = injectTexts('closedBy');
  protected readonly text = computed(() => this.closedBy()[this.code()]);
  protected readonly canJoinAgain = computed(() => CAN_JOIN_AGAIN.has(this.code()));
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  constructor() {
    afterNextRender(() => this.heading().nativeElement.focus());
  }
}
