import type { Browser } from 'playwright-core';
import { violationsOn } from '../page/harness/axe.ts';
import { contextFor, LOOKS, WIDE } from '../page/harness/looks.ts';
import { reach } from '../page/harness/states.ts';
import type { AxeFinding } from './report.ts';

/** Every state that the page's suite looks at, with what axe finds in it. */
export async function axeFindings(
  browser: Browser,
  origin: string,
  tell: (done: number, of: number) => void,
): Promise<AxeFinding[]> {
  const of = LOOKS.reduce((sum, [, states]) => sum + states.length, 0);
  const findings: AxeFinding[] = [];
  for (const [look, states] of LOOKS) {
    const context = await contextFor(browser, look);
    for (const state of states) {
      const page = await context.newPage();
      await reach(page, origin, state, look.width === WIDE);
      const violations = await violationsOn(page);
      findings.push({
        state: `${state.name} (${look.colorScheme}, ${look.width} px)`,
        language: look.language,
        violations,
      });
      await page.close();
      tell(findings.length, of);
    }
    await context.close();
  }
  return findings;
}
