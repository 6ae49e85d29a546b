import { Component, computed, input } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { groupsOf } from './invite-code.ts';

/** An invite code as people read it aloud. */
@Component({
  selector: 'app-code-groups',
  host: { class: 'code-groups', dir: 'ltr', role: 'group', '[attr.aria-label]': 'texts().code' },
  template: `
    @for (group of groups(); track $index) {
      <span>{{ group }}</span>
    }
  `,
})
export class CodeGroups {
  readonly code = input.required<string>();
  protected readonly texts = injectTexts('invite');
  protected readonly groups = computed(() => groupsOf(this.code()));
}
