import { Component, computed, output } from '@angular/core';
import { injectTexts } from '../i18n/language.ts';
import { Modal } from '../ui/modal.ts';

/** What the keyboard can do here. */
@Component({
  selector: 'app-shortcuts-dialog',
  imports: [Modal],
  template: `
    <app-modal [heading]="texts().heading" (closed)="done.emit()">
      <dl class="shortcuts" data-testid="shortcuts">
        @for (shortcut of shortcuts(); track shortcut.keys) {
          <div>
            <dt>
              <kbd dir="ltr">{{ shortcut.keys }}</kbd>
            </dt>
            <dd>{{ shortcut.does }}</dd>
          </div>
        }
      </dl>
    </app-modal>
  `,
})
export class ShortcutsDialog {
  readonly done = output();
  protected readonly texts = injectTexts('shortcuts');
  protected readonly shortcuts = computed(() => {
    const texts = this.texts();
    return [
      { keys: 'Enter', does: texts.send },
      { keys: 'Shift + Enter', does: texts.newLine },
      { keys: '↑', does: texts.editLast },
      { keys: ':name', does: texts.emojiByName },
      { keys: 'Shift + F10', does: texts.actions },
      { keys: 'Ctrl + K', does: texts.find },
      { keys: '?', does: texts.list },
      { keys: 'Esc', does: texts.close },
      { keys: 'Esc Esc Esc', does: texts.panic },
    ];
  });
}
