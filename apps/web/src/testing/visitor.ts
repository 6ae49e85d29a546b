import { provideZonelessChangeDetection, signal, type WritableSignal } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import type { RoomEvent } from '@bytechat/client';
import { App } from '../app/app.ts';
import { Clock } from '../app/clock/clock.ts';
import { MISSING_PIECE, type MissingPiece } from '../app/environment/environment.ts';
import { ROOM_CLIENT_FACTORY } from '../app/session/room-client-factory.ts';
import { WIPE_CHANNEL, type WipeChannel } from '../app/wipe/wipe.ts';
import { FakeRoomClient } from './fake-room-client.ts';

export interface Circumstances {
  /** Path and fragment under which the page is opened. */
  address?: string;
  missing?: MissingPiece;
  /** To the other tabs of this page. */
  channel?: WipeChannel;
  /** Prepares each client before the page gets it. */
  prepare?: (client: FakeRoomClient) => void;
}

/** Somebody in front of the page. Methods say what the person does or sees; selectors stay in here. */
export class Visitor {
  readonly clients: FakeRoomClient[];
  readonly now: WritableSignal<number>;
  readonly #fixture: ComponentFixture<App>;

  private constructor(
    fixture: ComponentFixture<App>,
    clients: FakeRoomClient[],
    now: WritableSignal<number>,
  ) {
    this.#fixture = fixture;
    this.clients = clients;
    this.now = now;
  }

  static async arrives({ address = '/', missing, prepare, channel }: Circumstances = {}): Promise<Visitor> {
    history.replaceState(null, '', address);
    const clients: FakeRoomClient[] = [];
    const now = signal(Date.UTC(2026, 4, 4, 12));
    const startClient = () => {
      const client = new FakeRoomClient();
      prepare?.(client);
      clients.push(client);
      return client;
    };
    TestBed.configureTestingModule({
      providers: [
        provideZonelessChangeDetection(),
        { provide: ROOM_CLIENT_FACTORY, useValue: startClient },
        { provide: MISSING_PIECE, useValue: missing },
        { provide: Clock, useValue: { now } },
        { provide: WIPE_CHANNEL, useValue: channel },
      ],
    });
    const fixture = TestBed.createComponent(App);
    document.body.append(fixture.nativeElement as HTMLElement);
    const visitor = new Visitor(fixture, clients, now);
    await visitor.waits();
    return visitor;
  }

  /** Creates a room and is let in. */
  static async inARoom(circumstances: Circumstances = {}): Promise<Visitor> {
    const visitor = await Visitor.arrives(circumstances);
    await visitor.clicks('enter-room');
    visitor.client.letIn();
    await visitor.waits();
    return visitor;
  }

  /** The client in use. */
  get client(): FakeRoomClient {
    return this.clients.at(-1)!;
  }

  get address(): string {
    return location.pathname + location.hash;
  }

  /** Until everything that was set in motion has come to rest. */
  async waits(): Promise<void> {
    await this.#fixture.whenStable();
    await new Promise((done) => setTimeout(done));
    await this.#fixture.whenStable();
  }

  async clicks(testId: string): Promise<void> {
    this.one(testId).click();
    await this.waits();
  }

  async types(testId: string, text: string): Promise<void> {
    const field = this.one(testId) as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input'));
    await this.waits();
  }

  async presses(testId: string, key: string, more: KeyboardEventInit = {}): Promise<void> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    this.one(testId).dispatchEvent(event);
    await this.waits();
  }

  async hears(...events: readonly RoomEvent[]): Promise<void> {
    this.client.emit(...events);
    await this.waits();
  }

  async looksAway(): Promise<void> {
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    document.dispatchEvent(new Event('visibilitychange'));
    await this.waits();
  }

  async looksBack(): Promise<void> {
    Reflect.deleteProperty(document, 'hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await this.waits();
  }

  sees(testId: string): boolean {
    return this.all(testId).length > 0;
  }

  one(testId: string): HTMLElement {
    const found = this.all(testId);
    if (found.length !== 1) throw new Error(`${found.length} elements are "${testId}", not one.`);
    return found[0]!;
  }

  all(testId: string): HTMLElement[] {
    return [...this.#element.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)];
  }

  /** The words of each such element, with single spaces. */
  texts(testId: string): string[] {
    return this.all(testId).map((element) => element.textContent.replace(/\s+/g, ' ').trim());
  }

  get pageText(): string {
    return this.#element.textContent;
  }

  get #element(): HTMLElement {
    return this.#fixture.nativeElement as HTMLElement;
  }
}
