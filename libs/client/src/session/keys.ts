import {
  createIdentity,
  createKeyPackage,
  type Identity,
  type Invite,
  type KeyPackage,
  type KeySource,
  type Suite,
} from '@bytechat/crypto';

/**
 * The session's own keys. A key package that has been shown may have been taken into a group that we never entered, so
 * every try to come in has an identity of its own.
 */
export class Keys {
  readonly #invite: Invite;
  readonly #suite: Suite;
  readonly #source: KeySource;
  #next: Promise<Identity> | undefined;
  #identity: Identity | undefined;
  #keyPackage: KeyPackage | undefined;
  #keepsIdentity = false;
  #erased = false;

  constructor(invite: Invite, suite: Suite, source: KeySource) {
    this.#invite = invite;
    this.#suite = suite;
    this.#source = source;
  }

  get identity(): Identity | undefined {
    return this.#identity;
  }

  get keyPackage(): KeyPackage | undefined {
    return this.#keyPackage;
  }

  /** Starts making an identity, so that it is there when the connection is. */
  prepare(): void {
    this.#next ??= createIdentity(this.#suite, this.#source);
    this.#next.catch(() => undefined);
  }

  /** The next key package is of the same identity: its member comes back as the one it was. */
  keepIdentity(): void {
    this.#keepsIdentity = true;
  }

  /** A new identity and its key package; the ones before are erased. */
  async renew(createdMs: number): Promise<{ identity: Identity; keyPackage: KeyPackage }> {
    const identity = await this.#nextIdentity();
    const keyPackage = await createKeyPackage(identity, this.#invite, { createdMs });
    this.#keyPackage = keyPackage;
    return { identity, keyPackage };
  }

  async #nextIdentity(): Promise<Identity> {
    const isKept = this.#keepsIdentity;
    this.#keepsIdentity = false;
    if (isKept && this.#identity) return this.#identity;
    this.prepare();
    const next = this.#next!;
    this.#next = undefined;
    const identity = await next;
    if (this.#erased) identity.erase();
    this.#identity?.erase();
    this.#identity = identity;
    return identity;
  }

  erase(): void {
    this.#erased = true;
    this.#identity?.erase();
    this.#identity = undefined;
    this.#keyPackage = undefined;
    void this.#next?.then((identity) => identity.erase()).catch(() => undefined);
    this.#next = undefined;
  }
}
