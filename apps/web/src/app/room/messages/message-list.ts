import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { ChatMessage } from '@bytechat/client';
import { Attention } from '../../alerts/attention.ts';
import { Clock } from '../../clock/clock.ts';
import { injectTexts, Language } from '../../i18n/language.ts';
import { RoomSessionStore } from '../../session/room-session-store.ts';
import { Avatar } from '../../ui/avatar.ts';
import { Composing } from '../composer/composing.ts';
import { EmojiPopover } from '../emoji/emoji-popover.ts';
import { RoomDialogs } from '../room-dialogs.ts';
import { hueOf } from '../../ui/hue.ts';
import { Icon } from '../../ui/icon.ts';
import { MessageBubble } from './message-bubble.ts';
import { MessageMenu, type MenuPlace } from './message-menu.ts';
import { MessagePointer } from './message-pointer.ts';
import { NewArrivals } from './new-arrivals.ts';
import { ReadingPosition } from './reading-position.ts';
import { ElementScrollView } from './scroll-view.ts';
import { sectionsOf, type Section } from './sections.ts';
import { systemText } from './system-text.ts';
import { dayName } from './times.ts';
import { UnreadMark } from './unread-mark.ts';

/** The conversation. A log for screen readers, with headings by day and sender; it never jumps while one reads. */
@Component({
  selector: 'app-message-list',
  imports: [Avatar, EmojiPopover, Icon, MessageBubble, MessageMenu],
  host: { class: 'messages' },
  templateUrl: './message-list.component.html',
})
export class MessageList {
  protected readonly session = inject(RoomSessionStore);
  readonly #now = inject(Clock).now;
  /** Moves once a day, and with it the whole conversation is looked through. */
  readonly #today = computed(() => new Date(this.#now()).setHours(12, 0, 0, 0));
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');
  readonly #view = computed(() => new ElementScrollView(this.scroller().nativeElement));

  readonly #language = inject(Language);
  protected readonly texts = injectTexts('room');
  protected readonly position = new ReadingPosition();
  protected readonly unread = new UnreadMark();
  protected readonly menu = signal<{ message: ChatMessage; place: MenuPlace } | undefined>(undefined);
  protected readonly picker = signal<{ message: ChatMessage; place: MenuPlace } | undefined>(undefined);
  /** The message that one has just been led to. */
  protected readonly found = signal<string | undefined>(undefined);
  protected readonly dialogs = inject(RoomDialogs);
  readonly #composing = inject(Composing);
  readonly #attention = inject(Attention);
  protected readonly sections = computed(() =>
    sectionsOf(this.session.entries(), { unreadFrom: this.unread.before() }),
  );
  readonly #document = inject(DOCUMENT);
  #menuOpener: Element | null = null;
  readonly #arrivals = new NewArrivals();

  constructor() {
    effect(() => {
      const arrived = this.#arrivals.in(this.session.entries());
      untracked(() => {
        if (arrived.first !== undefined) this.unread.arrived(arrived.first, this.#looksAtEnd());
        this.position.arrived(arrived.others);
        if (arrived.own > 0) this.#answered();
      });
    });
    effect(() => {
      if (this.#looksAtEnd()) this.unread.caughtUp();
    });
    afterRenderEffect({
      write: () => {
        this.sections();
        untracked(() => this.position.settle(this.#view()));
      },
    });
    this.#settleOnResize();
    this.#followScrolling();
  }

  protected toNewest(): void {
    this.position.toEnd(this.#view());
    this.scroller().nativeElement.focus();
  }

  protected openMenu(message: ChatMessage, place: MenuPlace): void {
    this.#menuOpener = this.#document.activeElement;
    this.menu.set({ message, place });
  }

  protected closeMenu(): void {
    this.menu.set(undefined);
    if (this.#menuOpener instanceof HTMLElement) this.#menuOpener.focus();
  }

  protected openPicker(message: ChatMessage, place: MenuPlace): void {
    if (!this.#menuOpener?.isConnected) this.#menuOpener = this.#document.activeElement;
    this.picker.set({ message, place });
  }

  protected closePicker(): void {
    this.picker.set(undefined);
    if (this.#menuOpener instanceof HTMLElement) this.#menuOpener.focus();
  }

  protected react(message: ChatMessage, emoji: string): void {
    this.closePicker();
    void this.session.react(message.id, emoji, true);
  }

  protected reply(message: ChatMessage): void {
    this.#composing.answer(message.id);
    this.#toComposer();
  }

  protected edit(message: ChatMessage): void {
    this.#composing.edit(message);
    this.#toComposer();
  }

  /** Leads to a message, and marks it for a moment. */
  jumpTo(id: string): void {
    const message = this.#view().find(id);
    if (!message) return;
    message.scrollIntoView({ block: 'center' });
    message.focus({ preventScroll: true });
    this.found.set(id);
  }

  protected dayText(section: Extract<Section, { kind: 'day' }>): string {
    return dayName(section.at, this.#today(), this.texts(), this.#language.locale());
  }

  protected systemText(section: Extract<Section, { kind: 'system' }>): string {
    return systemText(section.lines, this.#language.texts().system, this.#language.locale());
  }

  protected hue(mid: string): number {
    return hueOf(mid);
  }

  #toComposer(): void {
    this.#document.getElementById('composer')?.focus();
  }

  #looksAtEnd(): boolean {
    return this.position.atEnd() && this.#attention.here();
  }

  #answered(): void {
    this.unread.answered();
    this.position.toEnd(this.#view());
  }

  #openMenuOf(id: string, place: MenuPlace): void {
    const message = this.session.messages().get(id);
    if (message && message.deleted !== true) this.openMenu(message, place);
  }

  /** By hand: a listener in the template would have every scrolled frame look through the whole conversation. */
  #followScrolling(): void {
    const follow = () => this.position.scrolled(this.#view());
    const pointer = new MessagePointer((id, place) => this.#openMenuOf(id, place));
    afterNextRender(() => {
      this.scroller().nativeElement.addEventListener('scroll', follow, { passive: true });
      pointer.listenTo(this.scroller().nativeElement);
    });
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
