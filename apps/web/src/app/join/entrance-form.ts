import { computed, effect, inject, Injectable, signal } from '@angular/core';
import type { CreateOptions, RoomPeek } from '@bytechat/client';
import { DEFAULT_MESSAGE_TTL_SECONDS } from '@bytechat/protocol';
import { isProbablyAName, readCodeField } from '../invite/invite-code.ts';
import { RoomSessionStore, type Outcome, type Refused } from '../session/room-session-store.ts';
import { nameProblem } from './display-name.ts';
import { fourWords } from './four-words.ts';

export type History = NonNullable<CreateOptions['history']>;
export type Newcomers = NonNullable<CreateOptions['newcomers']>;

/** What is known from outside of the room whose code stands in the field. */
export type Look =
  | { state: 'none' }
  | { state: 'looking' }
  | { state: 'seen'; room: RoomPeek }
  | { state: 'failed'; refused: Refused };

/**
 * The form at the door, without its looks. One button: an empty code field creates, a code joins, and nothing else
 * does either. Provided anew by each page that shows it.
 */
@Injectable()
export class EntranceForm {
  readonly #session = inject(RoomSessionStore);

  readonly code = signal('');
  readonly name = signal('');
  readonly password = signal('');
  readonly ttlSeconds = signal(DEFAULT_MESSAGE_TTL_SECONDS);
  /** Whether those who come later can read what has not vanished yet. */
  readonly history = signal<History>('ttl');
  readonly newcomers = signal<Newcomers>('open');

  readonly #look = signal<Look>({ state: 'none' });
  readonly #refused = signal<Refused | undefined>(undefined);
  readonly #pressed = signal(false);
  readonly #looks = signal(0);

  readonly look = this.#look.asReadonly();
  readonly refused = this.#refused.asReadonly();
  /** Set once the button was pressed: unfinished input is a mistake from then on. */
  readonly pressed = this.#pressed.asReadonly();

  readonly reading = computed(() => readCodeField(this.code()));
  readonly mode = computed(() => (this.reading().kind === 'empty' ? 'create' : 'join'));
  readonly busy = computed(() => this.#session.stage() === 'entering');
  readonly nameProblem = computed(() => nameProblem(this.name()));
  /** The field holds what can't be or become a code: offer to make one. */
  readonly nameChosen = computed(() => {
    const reading = this.reading();
    return reading.kind === 'chosenName' || (this.#pressed() && isProbablyAName(reading));
  });
  readonly passwordMissing = computed(() => this.passwordNeeded() === true && this.password() === '');
  /** Undefined while it isn't known. */
  readonly passwordNeeded = computed(() => {
    const look = this.#look();
    return look.state === 'seen' && look.room.exists ? look.room.password : undefined;
  });

  readonly #codeToLookAt = computed(() => {
    const reading = this.reading();
    return reading.kind === 'code' ? reading.code : undefined;
  });

  constructor() {
    effect((onCleanup) => {
      this.#looks();
      const code = this.#codeToLookAt();
      const request = new AbortController();
      onCleanup(() => request.abort());
      void this.#lookAt(code, request.signal);
    });
  }

  /** Typing takes back what was said about the text before. */
  changeCode(text: string): void {
    this.code.set(text);
    this.#pressed.set(false);
    this.#refused.set(undefined);
  }

  changePassword(text: string): void {
    this.password.set(text);
    this.#refused.set(undefined);
  }

  suggestPassword(): void {
    this.changePassword(fourWords());
  }

  lookAgain(): void {
    this.#looks.update((count) => count + 1);
  }

  /** Turns back on the way in. */
  async cancel(): Promise<void> {
    await this.#session.leave();
  }

  /** The way out of a hand-chosen name: forget it and make a room with a code. */
  async makeCode(): Promise<void> {
    this.changeCode('');
    await this.submit();
  }

  /** Creates or joins; does nothing while input is missing, and says which. */
  async submit(): Promise<void> {
    this.#pressed.set(true);
    if (this.busy() || this.nameProblem() || this.passwordMissing()) return;
    const reading = this.reading();
    if (reading.kind === 'empty') this.#settle(await this.#session.create(this.#newRoom()));
    if (reading.kind === 'code') {
      this.#settle(await this.#session.join({ code: reading.code, ...this.#person() }));
    }
  }

  #newRoom() {
    const isByHand = this.newcomers() === 'approve';
    return {
      ttlSeconds: this.ttlSeconds(),
      history: this.history(),
      ...(isByHand ? { newcomers: 'approve' as const } : {}),
      ...this.#person(),
    };
  }

  #person(): { name?: string; password?: string } {
    const name = this.name().trim();
    const password = this.passwordNeeded() === false ? '' : this.password();
    return { ...(name && { name }), ...(password && { password }) };
  }

  #settle(outcome: Outcome<unknown>): void {
    this.#refused.set(outcome.ok ? undefined : outcome.refused);
    if (outcome.ok) this.password.set('');
  }

  async #lookAt(code: string | undefined, signal: AbortSignal): Promise<void> {
    this.#look.set({ state: code === undefined ? 'none' : 'looking' });
    if (code === undefined) return;
    const outcome = await this.#session.peek(code);
    if (signal.aborted) return;
    this.#look.set(
      outcome.ok ? { state: 'seen', room: outcome.value } : { state: 'failed', refused: outcome.refused },
    );
  }
}
