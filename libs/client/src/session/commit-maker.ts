import {
  BcError,
  KeyRollbackError,
  type CommitChange,
  type Group,
  type PreparedCommit,
} from '@bytechat/crypto';
import type { KeyUpdate } from '@bytechat/protocol';
import type { Clock } from '../clock.ts';
import { accepted, type Link } from '../connection.ts';

export interface CommitMakerPort {
  readonly group: Group;
  /** @throws {TransportError} when there is no connection */
  link(): Link;
  /** What is over is not handed on to newcomers. */
  forget(): Promise<void>;
  /** The server doesn't hand out a member's newest keys, or that member lies about them. Told once. */
  withheld(): void;
  /** That has lasted too long. */
  reinit(): void;
}

/** So long a server may be behind with the keys of a member before the group begins anew. */
const PATIENCE_MS = 20_000;

/** Makes commits; those that renew the keys wrap to everybody's newest ones (PROTOCOL §6.9). */
export class CommitMaker {
  readonly #port: CommitMakerPort;
  readonly #clock: Clock;
  #withheldSince: number | undefined;

  constructor(port: CommitMakerPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
  }

  /**
   * Nothing is wrapped to keys that their member has replaced: the commit is not made then.
   * @throws {BcError} as `Group.prepareCommit`; {ClientError} {TransportError} when the updates can't be had
   */
  async make(change: CommitChange): Promise<PreparedCommit> {
    await this.#port.forget();
    if (!renewsKeys(change)) return this.#port.group.prepareCommit(change);
    try {
      const prepared = await this.#wrapped(change);
      this.#withheldSince = undefined;
      return prepared;
    } catch (error) {
      if (error instanceof KeyRollbackError) this.#complain();
      throw error;
    }
  }

  async #wrapped(change: CommitChange): Promise<PreparedCommit> {
    const { group } = this.#port;
    await learnUpdates(group, this.#port.link());
    return group.prepareCommit(change);
  }

  #complain(): void {
    if (this.#withheldSince === undefined) this.#port.withheld();
    this.#withheldSince ??= this.#clock.now();
    if (this.#clock.now() - this.#withheldSince >= PATIENCE_MS) this.#port.reinit();
  }
}

/** Whether a commit wraps a new secret to those who stay. */
const renewsKeys = ({ removes, rekey, rotate, params }: CommitChange): boolean =>
  removes.length > 0 || rekey === true || rotate === true || params !== undefined;

/** The group remembers each that is sound. A bad one is left out: its member's earlier keys count. */
async function learnUpdates(group: Group, link: Link): Promise<void> {
  for (const { bytes } of await fetchUpdates(link)) {
    try {
      await group.checkKeyUpdate(bytes);
    } catch (error) {
      if (!(error instanceof BcError)) throw error;
    }
  }
}

async function fetchUpdates(link: Link): Promise<KeyUpdate[]> {
  const all: KeyUpdate[] = [];
  for (let from = 0; ;) {
    const { updates = [], more } = await accepted(link, 'share_session_key', { kind: 'ku_get', from });
    all.push(...updates);
    const last = updates.at(-1);
    if (!more || !last || last.idx < from) return all;
    from = last.idx + 1;
  }
}
