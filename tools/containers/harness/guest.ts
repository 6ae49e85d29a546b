import type { RoomPeek } from '@bytechat/client';
import { Participant } from '@bytechat/testing';

const PATIENCE_MS = 60_000;

/** Somebody with the real SDK, at one address. Methods wait for what a person would see. */
export class Guest {
  static readonly #all = new Set<Guest>();
  readonly #person: Participant;

  private constructor(origin: string) {
    this.#person = new Participant({ endpoint: { url: origin } });
    Guest.#all.add(this);
  }

  /** For the end of a story, however it ended. */
  static async everybodyLeaves(): Promise<void> {
    const all = [...Guest.#all];
    Guest.#all.clear();
    await Promise.all(all.map((guest) => guest.#leaves()));
  }

  static async creates(origin: string, password?: string): Promise<{ guest: Guest; code: string }> {
    const guest = new Guest(origin);
    const { code } = await guest.#person.create({ ...(password !== undefined && { password }) });
    await guest.canWrite();
    return { guest, code };
  }

  /** @throws {ClientError} when the server does not let this one in. */
  static async joins(origin: string, code: string, password?: string): Promise<Guest> {
    const guest = new Guest(origin);
    await guest.#person.join({ code, ...(password !== undefined && { password }) });
    await guest.canWrite();
    return guest;
  }

  /** What anybody with the code can know of the room from outside. */
  static peek(origin: string, code: string): Promise<RoomPeek> {
    return new Participant({ endpoint: { url: origin } }).client.peek(code);
  }

  get texts(): string[] {
    return this.#person.texts;
  }

  /** Sends, and resolves once the server has it. */
  async says(text: string): Promise<void> {
    const { id } = await this.#person.client.send(text);
    await this.#until(`"${text}" to be sent`, () =>
      this.#person.messages.some(
        (message) => message.own && (message.id === id || message.text === text) && message.state === 'sent',
      ),
    );
  }

  async hears(...texts: string[]): Promise<void> {
    await this.#until(`to hear ${texts.join(', ')}`, () => texts.every((text) => this.texts.includes(text)));
  }

  async canWrite(): Promise<void> {
    await this.#until('to be online in the room', () => this.#person.active);
  }

  async #leaves(): Promise<void> {
    await this.#person.client.leave();
  }

  /** Looks at every event, and at nothing in between. */
  async #until(what: string, isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        unsubscribe();
        const { connection, membership } = this.#person;
        reject(
          new Error(
            `Waited in vain ${what}: ${JSON.stringify({ connection, membership, texts: this.texts })}`,
          ),
        );
      }, PATIENCE_MS);
      const unsubscribe = this.#person.client.subscribe(() => {
        if (!isSo()) return;
        clearTimeout(timer);
        unsubscribe();
        resolve();
      });
    });
  }
}
