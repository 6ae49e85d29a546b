import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PreviewWindow } from '../harness/preview-window.ts';

/** What a text must not bring about. */
export interface Damage {
  /** Calls of what such texts try to call. */
  executions: string[];
  /** Addresses of other hosts that were asked for anything. */
  requests: string[];
  /** What the policy had to stop: that it came to that is a fault already. */
  reports: string[];
  /** Other pages that opened, and errors that nobody caught. */
  surprises: string[];
}

/** The room in the preview, with everything watched that a hostile text could bring about. */
export class WatchedPage {
  readonly page: Page;
  readonly #damage: Damage = { executions: [], requests: [], reports: [], surprises: [] };

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the room. Without the policy, nothing but the page itself is in the way of a text. */
  static async open(browser: Browser, origin: string, { policy }: { policy: boolean }): Promise<WatchedPage> {
    const context = await browser.newContext({
      bypassCSP: !policy,
      locale: 'en',
      viewport: { width: 1_280, height: 800 },
    });
    const watched = new WatchedPage(await context.newPage());
    await watched.#watch(context, origin);
    await watched.page.goto(`${origin}/?scene=empty`);
    await watched.page.getByTestId('enter-room').click();
    await watched.page.getByTestId('composer').waitFor();
    return watched;
  }

  /** Somebody writes each text, has it for a name, and puts it into the words of a link and into code; waits until all are drawn. */
  async hears(texts: readonly string[]): Promise<void> {
    const first = await this.page.getByTestId('message').count();
    await this.page.evaluate(emitAll, { texts, first });
    await this.page
      .getByTestId('message')
      .nth(first + 3 * texts.length - 1)
      .waitFor();
    await this.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  }

  damage(): Damage {
    return this.#damage;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  async #watch(context: BrowserContext, origin: string): Promise<void> {
    const { executions, requests, reports, surprises } = this.#damage;
    await context.exposeFunction('tellExecution', (what: string) => void executions.push(what));
    await context.exposeFunction('tellReport', (what: string) => void reports.push(what));
    await context.addInitScript(watchFromInside);
    context.on('request', (request) => {
      const url = request.url();
      if (new URL(url).origin !== origin && !/^(?:data|blob):/.test(url)) requests.push(url);
    });
    context.on('page', (page) => {
      if (page !== this.page) surprises.push(`opened ${page.url()}`);
    });
    this.page.on('dialog', (dialog) => {
      executions.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.page.on('pageerror', ({ message }) => surprises.push(message));
  }
}

/** Runs in every frame before anything else does. */
function watchFromInside(): void {
  const scope = window as unknown as Record<'tellExecution' | 'tellReport', (what: string) => void>;
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    Object.defineProperty(window, name, { value: () => scope.tellExecution(name) });
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    scope.tellReport(`${effectiveDirective} ${blockedURI}`),
  );
}

/** Runs in the page. */
function emitAll({ texts, first }: { texts: readonly string[]; first: number }): void {
  const { preview, aMessage } = window as unknown as PreviewWindow;
  const sentAt = Date.now();
  texts.forEach((text, at) => {
    const mid = `mid ${first} ${at}`;
    const forms = [text, `[${text}](https://a.example/)`, '```' + text + '\n' + text + '\n```'];
    forms.forEach((form, which) => {
      const message = aMessage({ id: `${mid} ${which}`, mid, name: text, text: form, sentAt });
      preview.emit({ type: 'message', message: { ...message, expiresAt: sentAt + 3_600_000 } });
    });
    preview.emit({ type: 'system', line: { id: `s ${mid}`, at: sentAt, kind: 'sameName', mid, name: text } });
  });
  const members = texts.map((name, at) => {
    return { mid: `mid ${first} ${at}`, idx: at, name, self: false, owner: false, present: true };
  });
  preview.emit({ type: 'members', members });
}
