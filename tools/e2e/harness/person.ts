import { setTimeout as pause } from 'node:timers/promises';
import type { ConsoleMessage, Locator, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';

export interface RoomWishes {
  password?: string;
  name?: string;
  /** As the option is labelled on the page, e.g. "5 minutes". */
  lifetime?: string;
  /** What newcomers may read: the messages that haven't vanished yet (the default), or nothing. */
  history?: 'ttl' | 'none';
}

/** Somebody with a browser of their own. Methods say what the person does or sees; selectors stay in here. */
export class Person {
  readonly page: Page;
  /** Policy violations, failed requests and uncaught errors of the whole visit: must stay empty. */
  readonly complaints: string[] = [];
  readonly #close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.#close = close;
    page.on('console', (message) => this.#hear(message));
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 400)
        this.complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
    });
  }

  static async arrives(): Promise<Person> {
    const { context, close } = await openBrowser();
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`securitypolicyviolation ${event.effectiveDirective} ${event.blockedURI}`);
      });
    });
    return new Person(context.pages()[0] ?? (await context.newPage()), close);
  }

  /** As a new visit: a link that differs in its fragment only would else be no navigation. */
  async opens(url: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(url);
  }

  /** Opens the first page, makes a room and waits until it can write. */
  async createsRoom(origin: string, wishes: RoomWishes = {}): Promise<void> {
    await this.opens(origin);
    await this.#fillIn(wishes);
    await this.#at('enter-room').click();
    await this.canWrite();
  }

  /** Opens an invite link and asks to come in. */
  async follows(link: string, wishes: RoomWishes = {}): Promise<void> {
    await this.opens(link);
    await this.#at('enter-room').waitFor();
    await this.#fillIn(wishes);
    await this.#at('enter-room').click();
  }

  async joins(link: string, wishes: RoomWishes = {}): Promise<void> {
    await this.follows(link, wishes);
    await this.canWrite();
  }

  /** The invite link of the room, as it stands in the address bar. */
  link(): string {
    return this.page.url();
  }

  async canWrite(): Promise<void> {
    await this.#at('send').and(this.page.locator('[data-ready="true"]')).waitFor({ timeout: 45_000 });
  }

  async sends(text: string): Promise<void> {
    await this.#at('composer').fill(text);
    await this.#at('composer').press('Enter');
  }

  async sees(text: string): Promise<void> {
    await this.#message(text).first().waitFor({ timeout: 30_000 });
  }

  /** The tick: the server has put the message into the log. */
  async seesSent(text: string): Promise<void> {
    await this.#message(text).and(this.page.locator('[data-state="sent"]')).waitFor({ timeout: 30_000 });
  }

  async noLongerSees(text: string): Promise<void> {
    await this.#message(text).waitFor({ state: 'detached', timeout: 90_000 });
  }

  async seesMembers(count: number): Promise<void> {
    await eventually(async () => this.#at('member').count(), count);
  }

  async isTold(words: RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor({ timeout: 30_000 });
  }

  async isToldNoMore(words: RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor({ state: 'hidden', timeout: 30_000 });
  }

  async isOnline(): Promise<void> {
    await this.#at('connection-state')
      .and(this.page.locator('[data-state="online"]'))
      .waitFor({ timeout: 45_000 });
  }

  /** Texts on the screen, in order. */
  async messages(): Promise<string[]> {
    return this.#at('message-text').allInnerTexts();
  }

  async reloads(): Promise<void> {
    await this.page.reload();
  }

  async leavesRoom(): Promise<void> {
    await this.#at('leave').click();
    await this.#at('confirm-leave').click();
    await this.#at('closed').or(this.#at('enter-room')).first().waitFor();
  }

  /** Removes somebody for good: the room gets new keys and a new link. */
  async kicks(name: string): Promise<void> {
    await this.#at('member').filter({ hasText: name }).getByTestId('kick').click();
    await this.#at('confirm-kick').click();
  }

  /** Opens the safety dialog, reads the twelve words, closes it. */
  async readsSafetyWords(): Promise<string> {
    await this.#at('open-safety').click();
    const words = await this.#at('safety-words').innerText();
    await this.#at('close-dialog').click();
    return words;
  }

  /** Two ticks: another member has acknowledged it in its transcript. */
  async seesDelivered(text: string): Promise<void> {
    await this.#message(text).and(this.page.locator('[data-delivered]')).waitFor({ timeout: 60_000 });
  }

  /** Through the menu of the message. */
  async answers(text: string, words: string): Promise<void> {
    await this.#actOn(text, 'menu-reply');
    await this.sends(words);
  }

  /** With the first of the emoji that the menu offers. */
  async reactsTo(text: string): Promise<void> {
    await this.#message(text).getByTestId('message-actions').click();
    await this.#at('menu-emoji').first().click();
  }

  /** By arrow up in the empty field. */
  async correctsLast(words: string): Promise<void> {
    await this.#at('composer').press('ArrowUp');
    await this.sends(words);
  }

  async deletes(text: string): Promise<void> {
    await this.#actOn(text, 'menu-delete');
    await this.#at('confirm-delete').click();
  }

  async types(words: string): Promise<void> {
    await this.#at('composer').pressSequentially(words);
  }

  /** Something that is shown with a message: what it answers, how many reacted, that it was changed. */
  async seesWith(text: string, testId: string, words: string): Promise<void> {
    await this.#message(text).getByTestId(testId).filter({ hasText: words }).waitFor({ timeout: 30_000 });
  }

  async seesDeleted(): Promise<void> {
    await this.#at('deleted').first().waitFor({ timeout: 30_000 });
  }

  async isOut(code: string): Promise<void> {
    await this.#at('closed')
      .and(this.page.locator(`[data-code="${code}"]`))
      .waitFor({ timeout: 30_000 });
  }

  async goesHome(): Promise<void> {
    await this.#close();
  }

  async #actOn(text: string, item: string): Promise<void> {
    await this.#message(text).getByTestId('message-actions').click();
    await this.#at(item).click();
  }

  async #fillIn({ password, name, lifetime, history }: RoomWishes): Promise<void> {
    if (name !== undefined) await this.#at('name').fill(name);
    if (password !== undefined) await this.#at('password').fill(password);
    if (lifetime !== undefined) await this.#at('lifetime').selectOption({ label: lifetime });
    if (history !== undefined) await this.#at('history').selectOption(history);
  }

  #hear(message: ConsoleMessage): void {
    if (message.type() === 'error') this.complaints.push(message.text());
  }

  #at(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  #message(text: string): Locator {
    return this.#at('message').filter({ hasText: text });
  }
}

/** Waits until `read` gives `wanted`. @throws with the last value that it gave. */
async function eventually<T>(read: () => Promise<T>, wanted: T, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const last = await read();
    if (last === wanted) return;
    if (Date.now() > deadline) throw new Error(`Still ${String(last)} instead of ${String(wanted)}`);
    await pause(100);
  }
}
