import type { CodeReading } from '../invite/invite-code.ts';
import type { Texts } from '../i18n/texts.ts';

/** What to say about the text in the code field; `final` once the person has pressed the button. */
export function codeProblem(reading: CodeReading, final: boolean, texts: Texts['code']): string | undefined {
  switch (reading.kind) {
    case 'empty':
    case 'code':
      return undefined;
    case 'incomplete':
      return final ? texts.incompleteFinal(reading.length) : undefined;
    case 'tooLong':
      return texts.tooLong(reading.length);
    default:
      return texts[reading.kind];
  }
}
