import { Component, inject } from '@angular/core';
import { Alerts } from '../alerts/alerts.ts';
import { injectTexts } from '../i18n/language.ts';
import { LanguageChoice } from './language-choice.ts';
import { ThemeSwitch } from './theme-switch.ts';
import { TypingChoice } from './typing-choice.ts';

/** What a person may set while in a room; all of it is forgotten with the tab. */
@Component({
  selector: 'app-settings-panel',
  imports: [LanguageChoice, ThemeSwitch],
  host: { class: 'panel-section' },
  template: `
    <h2>{{ texts().heading }}</h2>
    <div class="setting">
      <span>{{ texts().theme }}</span>
      <app-theme-switch />
    </div>
    <app-language-choice />
    @if (alerts.canNotify) {
      <label class="setting">
        <span>
          {{ texts().notifications }}
          <span class="hint">{{
            alerts.notifications() === 'refused' ? texts().notificationsRefused : texts().notificationsHint
          }}</span>
        </span>
        <input
          type="checkbox"
          role="switch"
          class="switch"
          data-testid="notifications"
          [checked]="alerts.notifications() === 'on'"
          (change)="notify(box)"
          #box
        />
      </label>
    }
    <label class="setting">
      <span
        >{{ typingTexts().setting }} <span class="hint">{{ typingTexts().hint }}</span></span
      >
      <input
        type="checkbox"
        role="switch"
        class="switch"
        data-testid="tell-typing"
        [checked]="typing.shown()"
        (change)="typing.shown.set(typingBox.checked)"
        #typingBox
      />
    </label>
    <label class="setting">
      <span>{{ texts().sound }}</span>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        data-testid="sound"
        [checked]="alerts.sound()"
        (change)="alerts.turnSound(sound.checked)"
        #sound
      />
    </label>
    <p class="hint">{{ texts().forgotten }}</p>
  `,
})
export class SettingsPanel {
  protected readonly alerts = inject(Alerts);
  protected readonly texts = injectTexts('settings');
  protected readonly typing = inject(TypingChoice);
  protected readonly typingTexts = injectTexts('typing');

  /** The browser may refuse: then the switch goes back. */
  protected async notify(box: HTMLInputElement): Promise<void> {
    await this.alerts.turnNotifications(box.checked);
    box.checked = this.alerts.notifications() === 'on';
  }
}
