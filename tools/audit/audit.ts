import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, buildPreview, webRoot } from '../bootstrap/build.mjs';
import { withProgress } from '../bootstrap/progress.mjs';
import { GatewayProcess } from '../e2e/harness/gateway-process.ts';
import { launchChromium } from '../page/harness/chromium.ts';
import { Preview } from '../page/harness/preview.ts';
import { axeFindings } from './axe-states.ts';
import { judge, lineFor } from './bars.ts';
import { initialBrotliBytes } from './bundle.ts';
import { lighthouseOf } from './lighthouse.ts';
import type { AuditReport } from './report.ts';
import { readSettings, USAGE } from './settings.ts';
import { burstMs, scrollWorstFrameMs } from './smoothness.ts';

const settings = readSettings(process.argv.slice(2));
if (settings === 'help') console.log(USAGE);
else process.exitCode = await audit(settings.json);

/** Measures, writes the figures to `file`, and tells how they stand. */
async function audit(file: string): Promise<number> {
  await build();
  await buildPreview();
  const report: AuditReport = { ...(await figuresOfTheProduct()), ...(await figuresOfThePreview()) };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  const verdicts = judge(report);
  for (const verdict of verdicts) console.log(lineFor(verdict));
  console.log(`The figures are in ${file}.`);
  return verdicts.every(({ met }) => met) ? 0 : 1;
}

/** Of the page as the gateway serves it. */
async function figuresOfTheProduct(): Promise<Pick<AuditReport, 'lighthouse' | 'initialJsBrotliBytes'>> {
  const gateway = await GatewayProcess.start();
  try {
    const lighthouse = await withProgress('Lighthouse looks at the first page', () =>
      lighthouseOf(`${gateway.origin}/`),
    );
    return { lighthouse, initialJsBrotliBytes: initialBrotliBytes(webRoot) };
  } finally {
    await gateway.stop();
  }
}

/** Of the states that are hard to come by in life, over a stand-in for the room. */
async function figuresOfThePreview(): Promise<Pick<AuditReport, 'axe' | 'scrollWorstFrameMs' | 'burstMs'>> {
  const preview = await Preview.serve();
  const browser = await launchChromium();
  try {
    const scroll = await withProgress('Scrolling through 512 messages', () =>
      scrollWorstFrameMs(browser, preview.origin),
    );
    const burst = await withProgress('Taking a burst of 100 messages', () =>
      burstMs(browser, preview.origin),
    );
    const axe = await withProgress('axe looks at every state', () =>
      axeFindings(browser, preview.origin, tellOfAxe),
    );
    return { axe, scrollWorstFrameMs: Number(scroll.toFixed(1)), burstMs: Math.round(burst) };
  } finally {
    await browser.close();
    preview.close();
  }
}

function tellOfAxe(done: number, of: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[Kaxe looks at every state: ${done} of ${of}`);
  else if (done % 20 === 0) console.log(`  ${done} of ${of} states`);
}
