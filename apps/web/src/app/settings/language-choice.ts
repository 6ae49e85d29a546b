import { Component, inject } from '@angular/core';
import { injectTexts, Language } from '../i18n/language.ts';
import { LANGUAGES, isLanguage, LANGUAGE_TAGS } from '../i18n/languages.ts';
import { Icon } from '../ui/icon.ts';

/** The languages, each under its own name. */
@Component({
  selector: 'app-language-choice',
  imports: [Icon],
  template: `
    <label class="setting">
      <span>{{ texts().language }}</span>
      <span class="select select-small">
        <select data-testid="language" (change)="choose(field.value)" #field>
          @for (tag of tags; track tag) {
            <option [value]="tag" [attr.lang]="tag" [selected]="tag === language.tag()">
              {{ languages[tag].name }}
            </option>
          }
        </select>
        <app-icon name="chevron" />
      </span>
    </label>
  `,
})
export class LanguageChoice {
  protected readonly language = inject(Language);
  protected readonly texts = injectTexts('settings');
  protected readonly languages = LANGUAGES;
  protected readonly tags = LANGUAGE_TAGS;

  protected choose(tag: string): void {
    if (isLanguage(tag)) void this.language.choose(tag);
  }
}
