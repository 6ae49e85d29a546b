import { CONTENT_TYPES, type Bytes, type RosterEntry } from '@bytechat/crypto';
import type { Clock } from '../clock.ts';
import { toHex } from '../hex.ts';
import type { Random } from '../random.ts';
import { decodeText } from '../text.ts';
import type { Conversation } from './conversation.ts';
import { NameBearers } from './name-bearers.ts';
import { Profile } from './profile.ts';
import type { RosterView } from './roster-view.ts';
import type { SendQueue } from './send-queue.ts';

export interface NamingDeps {
  clock: Clock;
  random: Random;
  roster: RosterView;
  conversation: Conversation;
  queue: SendQueue;
  /** The name a person chose. */
  chosen: string | undefined;
  /** Who we are in the room; undefined outside. */
  self(): Bytes | undefined;
  /** False while a fork is not decided on. */
  maySpeak(): boolean;
}

/** What members are called: says our own name, takes those of the others, and warns of one that two have borne. */
export class Naming {
  readonly #deps: NamingDeps;
  readonly #bearers = new NameBearers();
  readonly #profile: Profile;

  constructor(deps: NamingDeps) {
    this.#deps = deps;
    this.#profile = new Profile(deps.clock, deps.random, () => this.sayChosen());
  }

  /** Goes on among these. */
  attach(roster: readonly RosterEntry[]): void {
    for (const { mid } of roster) this.#bears(mid, false);
  }

  /** Others have come in, and are told our name soon. */
  admitted(added: readonly RosterEntry[]): void {
    for (const { mid } of added) this.#bears(mid, true);
    if (added.length > 0 && this.#deps.chosen !== undefined) this.#profile.announceSoon();
  }

  /** Says the name that the person chose, if there is one. */
  sayChosen(): void {
    if (this.#deps.chosen !== undefined) this.#say(this.#deps.chosen);
  }

  /** Says what we are called already. */
  sayAgain(): void {
    const self = this.#deps.self();
    if (self) this.#say(this.#deps.roster.name(self));
  }

  /** A member has told its name. False when that is no text. */
  told(mid: Bytes, body: Bytes): boolean {
    const raw = decodeText(body);
    if (raw === undefined) return false;
    const { roster, conversation } = this.#deps;
    const known = roster.isNewcomer(mid);
    const change = roster.rename(mid, raw);
    this.#bears(mid, true);
    if (!change || (change.first && !known)) return true;
    const { name, before } = change;
    conversation.line({ kind: 'renamed', mid: toHex(mid), name, before });
    return true;
  }

  /** A member had told its name before our time, which is no news. */
  recalled(mid: Bytes, body: Bytes): void {
    this.#deps.roster.rename(mid, decodeText(body) ?? '');
  }

  stop(): void {
    this.#profile.stop();
  }

  clear(): void {
    this.#profile.stop();
    this.#bearers.clear();
  }

  #say(name: string): void {
    const self = this.#deps.self();
    if (!self || !this.#deps.maySpeak()) return;
    this.#deps.roster.rename(self, name);
    this.#bears(self, false);
    this.#deps.queue.add(CONTENT_TYPES.profile, new TextEncoder().encode(name), false);
  }

  /** A member bears its present name; a person is warned when another one, with another key, has borne it. */
  #bears(mid: Bytes, warn: boolean): void {
    const [id, name] = [toHex(mid), this.#deps.roster.name(mid)];
    const isShared = this.#bearers.bears(id, name);
    const self = this.#deps.self();
    const isSelf = self !== undefined && toHex(self) === id;
    if (isShared && warn && !isSelf) this.#deps.conversation.line({ kind: 'sameName', mid: id, name });
  }
}
