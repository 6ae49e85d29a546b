import { Component, computed, input } from '@angular/core';
import { ICON_PATHS, type IconName } from './icon-paths.ts';

/** A drawn icon; decoration only, so always beside or inside something that has a name. */
@Component({
  selector: 'app-icon',
  host: { class: 'icon', 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 24 24" fill="none"><path [attr.d]="path()" /></svg>`,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => ICON_PATHS[this.name()]);
}
