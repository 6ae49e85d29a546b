import { memberFingerprint, safetyCode, safetyWords, type Bytes, type Group } from '@bytechat/crypto';
import type { RoomEvent, Safety, Security } from '../api.ts';
import type { Clock } from '../clock.ts';
import { toHex } from '../hex.ts';
import { freshnessMs } from './rhythm.ts';

/** What protects the room, as a person is told, and what of it people have checked themselves. */
export class SecurityView {
  readonly #clock: Clock;
  readonly #emit: (event: RoomEvent) => void;
  readonly #verified = new Set<string>();
  readonly #proofs = new Map<string, number>();
  #group: Group | undefined;
  #shown = '';

  constructor(clock: Clock, emit: (event: RoomEvent) => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  attach(group: Group): void {
    this.#group = group;
    this.#proofs.clear();
    this.update();
  }

  detach(): void {
    this.#group = undefined;
    this.#proofs.clear();
  }

  clear(): void {
    this.detach();
    this.#verified.clear();
  }

  /** A member has proved to see what we see. */
  proved(mid: Bytes): void {
    this.#proofs.set(toHex(mid), this.#clock.now());
    this.update();
  }

  /** The person has compared this member's fingerprint, or takes that back. A member id stands for one key. */
  verify(mid: string, yes: boolean): void {
    if (yes) this.#verified.add(mid);
    else this.#verified.delete(mid);
    this.update();
  }

  async safety(group: Group): Promise<Safety> {
    const { gid, epoch, authenticator, roster } = group;
    const sigPubs = roster.map(({ sigPub }) => sigPub);
    const members = roster.map(async ({ mid, sigPub }) => ({
      mid: toHex(mid),
      fingerprint: await memberFingerprint(sigPub),
      verified: this.#verified.has(toHex(mid)),
    }));
    return {
      words: await safetyWords(gid, sigPubs),
      qr: await safetyCode({ gid, sigPubs, epoch, authenticator }),
      members: await Promise.all(members),
    };
  }

  /** Something may have changed. */
  update(): void {
    if (!this.#group) return;
    const security = this.#look(this.#group);
    const shown = JSON.stringify(security);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#emit({ type: 'security', security });
  }

  #look({ epoch, params, roster, self, suite }: Group): Security {
    const others = roster.filter(({ idx }) => idx !== self.idx).map(({ mid }) => toHex(mid));
    const of = others.length;
    const fresh = this.#clock.now() - freshnessMs(roster.length);
    const proofs = others.flatMap((mid) => this.#proofs.get(mid) ?? []);
    return {
      epoch,
      history: params.history,
      ttlSeconds: params.ttlSeconds,
      inSync: {
        members: proofs.filter((at) => at >= fresh).length,
        of,
        ...(proofs.length > 0 ? { lastProofAt: Math.max(...proofs) } : {}),
      },
      verified: { members: others.filter((mid) => this.#verified.has(mid)).length, of },
      canKick: params.kick === 2 || (params.kick === 1 && self.role === 'owner'),
      suite,
    };
  }
}
