import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  untracked,
  viewChild,
} from '@angular/core';
import { Clock } from '../../clock/clock.ts';
import { injectTexts, Language } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { Avatar } from '../../ui/avatar.ts';
import { hueOf } from '../../ui/hue.ts';
import { Icon } from '../../ui/icon.ts';
import { MessageBubble } from './message-bubble.ts';
import { NewArrivals } from './new-arrivals.ts';
import { ReadingPosition } from './reading-position.ts';
import { ElementScrollView } from './scroll-view.ts';
import { sectionsOf, type Section } from './sections.ts';
import { systemText } from './system-text.ts';
import { dayName } from './times.ts';

/** The conversation. A log for screen readers, with headings by day and sender; it never jumps while one reads. */
@Component({
  selector: 'app-message-list',
  imports: [Avatar, Icon, MessageBubble],
  host: { class: 'messages' },
  templateUrl: './message-list.component.html',
})
export class MessageList {
  protected readonly session = inject(RoomSessionStore);
  readonly #now = inject(Clock).now;
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');
  readonly #view = computed(() => new ElementScrollView(this.scroller().nativeElement));

  readonly #language = inject(Language);
  protected readonly texts = injectTexts('room');
  protected readonly position = new ReadingPosition();
  protected readonly sections = computed(() => sectionsOf(this.session.entries()));
  readonly #arrivals = new NewArrivals();

  constructor() {
    effect(() => {
      const arrived = this.#arrivals.in(this.session.entries());
      untracked(() => {
        this.position.arrived(arrived.others);
        if (arrived.own > 0) this.position.toEnd(this.#view());
      });
    });
    afterRenderEffect({
      write: () => {
        this.sections();
        untracked(() => this.position.settle(this.#view()));
      },
    });
    this.#settleOnResize();
  }

  protected scrolled(): void {
    this.position.scrolled(this.#view());
  }

  protected toNewest(): void {
    this.position.toEnd(this.#view());
    this.scroller().nativeElement.focus();
  }

  protected dayText(section: Extract<Section, { kind: 'day' }>): string {
    return dayName(section.at, this.#now(), this.texts(), this.#language.locale());
  }

  protected systemText(section: Extract<Section, { kind: 'system' }>): string {
    return systemText(section.lines, this.#language.texts().system, this.#language.locale());
  }

  protected hue(mid: string): number {
    return hueOf(mid);
  }

  /** The on-screen keyboard, a growing composer or a turned phone must not lose the place either. */
  #settleOnResize(): void {
    const observer = new ResizeObserver(() => this.position.settle(this.#view()));
    inject(DestroyRef).onDestroy(() => observer.disconnect());
    afterNextRender(() => {
      observer.observe(this.scroller().nativeElement);
      observer.observe(this.content().nativeElement);
    });
  }
}
