import {
  afterNextRender,
  Component,
  computed,
  type ElementRef,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { injectTexts } from '../../i18n/language.ts';
import { GROUPS, type Emoji, type EmojiGroup } from './emoji-data.ts';
import { nextCell, rowsOf } from './emoji-grid.ts';
import { EmojiLibrary } from './emoji-library.ts';
import { searchEmoji } from './emoji-search.ts';
import { SkinTone, TONES } from './skin-tone.ts';

/** Emoji found at most. */
const MOST_FOUND = 80;
const MARKS: Readonly<Record<EmojiGroup, string>> = {
  ...{ smileys: '😀', people: '👋', nature: '🌱', food: '🍎', travel: '🚗' },
  ...{ activities: '⚽', objects: '💡', symbols: '❤️', flags: '🏁' },
};

/** Search, groups and skin tones over a grid through which arrow keys lead. */
@Component({
  selector: 'app-emoji-picker',
  host: { class: 'emoji-picker' },
  templateUrl: './emoji-picker.component.html',
})
export class EmojiPicker {
  readonly chosen = output<string>();
  protected readonly library = inject(EmojiLibrary);
  protected readonly tone = inject(SkinTone);
  protected readonly texts = injectTexts('emoji');
  protected readonly tones = TONES;
  protected readonly groups = GROUPS.filter((group) => group !== undefined);
  protected readonly marks = MARKS;
  protected readonly query = signal('');
  protected readonly group = signal<EmojiGroup>('smileys');
  /** The cell that Tab leads to. */
  protected readonly current = signal(0);
  protected readonly shown = computed(() => {
    const all = this.library.all();
    if (this.query().trim() !== '') return searchEmoji(all, this.query(), MOST_FOUND);
    return all.filter(({ group }) => group === this.group());
  });
  protected readonly rows = computed(() => rowsOf(this.shown().map((emoji, at) => ({ emoji, at }))));
  protected readonly toneNames = computed(() => {
    const texts = this.texts();
    return [texts.tone0, texts.tone1, texts.tone2, texts.tone3, texts.tone4, texts.tone5];
  });
  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');
  private readonly grid = viewChild<ElementRef<HTMLElement>>('grid');

  constructor() {
    this.library.want();
    afterNextRender(() => this.search().nativeElement.focus());
  }

  protected find(words: string): void {
    this.query.set(words);
    this.current.set(0);
  }

  protected show(group: EmojiGroup): void {
    this.group.set(group);
    this.find('');
    this.search().nativeElement.value = '';
    this.grid()?.nativeElement.scrollTo({ top: 0 });
  }

  protected choose(emoji: Emoji): void {
    this.chosen.emit(this.tone.apply(emoji));
  }

  /** From the search field down into what was found; Enter takes the first. */
  protected leaveSearch(event: KeyboardEvent): void {
    const [first] = this.shown();
    if (event.key === 'ArrowDown') this.#focus(event, 0);
    else if (event.key === 'Enter' && !event.isComposing && first) {
      event.preventDefault();
      this.choose(first);
    }
  }

  protected steer(event: KeyboardEvent): void {
    const grid = this.grid()?.nativeElement;
    if (!grid) return;
    const rightToLeft = getComputedStyle(grid).direction === 'rtl';
    const to = nextCell(this.current(), event.key, this.shown().length, rightToLeft);
    if (to !== undefined) this.#focus(event, to);
    else if (event.key === 'ArrowUp') {
      event.preventDefault();
      this.search().nativeElement.focus();
    }
  }

  #focus(event: KeyboardEvent, cell: number): void {
    event.preventDefault();
    this.current.set(cell);
    this.grid()?.nativeElement.querySelector<HTMLElement>(`[data-cell="${cell}"]`)?.focus();
  }
}
