import { Component, computed, input } from '@angular/core';
import { hueOf, initialsOf } from './hue.ts';

/** A member's letters on a member's colour; decoration beside the name. */
@Component({
  selector: 'app-avatar',
  host: { class: 'avatar', 'aria-hidden': 'true', '[attr.data-hue]': 'hue()' },
  template: `{{ initials() }}`,
})
export class Avatar {
  readonly mid = input.required<string>();
  readonly name = input.required<string>();
  protected readonly hue = computed(() => hueOf(this.mid()));
  protected readonly initials = computed(() => initialsOf(this.name()));
}
