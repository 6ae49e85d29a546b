import { MAX_STAGE_BYTES, type Bytes } from '@bytechat/protocol';
import { copyOf, hex } from '../bytes.ts';
import { RoomError } from '../room-error.ts';
import type { CommitEpoch, StageParts } from '../room-store.ts';

export interface Wrap {
  wrap: Bytes;
  tag: Bytes;
}

/** The parts of one commit, staged by one member. */
export class Stage {
  readonly commitId: Bytes;
  readonly wraps = new Map<number, Wrap>();
  readonly welcomes = new Map<string, Wrap & { idx: number }>();
  readonly groupInfo = new Map<number, Bytes>();
  until = 0;

  constructor(commitId: Bytes) {
    this.commitId = copyOf(commitId);
  }

  /** Adds parts; a repeated one replaces itself. @throws ERR_TOO_LARGE, and nothing has changed. */
  add(parts: StageParts, until: number): void {
    const next = this.#merged(parts);
    if (next.bytes() > MAX_STAGE_BYTES) throw new RoomError('ERR_TOO_LARGE');
    this.#take(next);
    this.until = until;
  }

  bytes(): number {
    let bytes = 0;
    for (const { wrap, tag } of [...this.wraps.values(), ...this.welcomes.values()]) {
      bytes += wrap.length + tag.length;
    }
    for (const part of this.groupInfo.values()) bytes += part.length;
    return bytes;
  }

  /**
   * Exactly the wraps of those who stay, one welcome a newcomer, and the whole group info.
   * @throws ERR_WRAPS_INCOMPLETE.
   */
  check(commit: CommitEpoch, staying: readonly number[]): void {
    const isComplete =
      this.wraps.size === staying.length &&
      staying.every((idx) => this.wraps.has(idx)) &&
      this.welcomes.size === commit.adds.length &&
      commit.adds.every(({ kph, idx }) => this.welcomes.get(hex(kph))?.idx === idx) &&
      this.groupInfo.size === commit.groupInfoParts &&
      Array.from({ length: commit.groupInfoParts }, (_, part) => part).every((part) =>
        this.groupInfo.has(part),
      );
    if (!isComplete) throw new RoomError('ERR_WRAPS_INCOMPLETE');
  }

  #merged(parts: StageParts): Stage {
    const next = new Stage(this.commitId);
    next.#take(this);
    for (const { idx, wrap, tag } of parts.wraps)
      next.wraps.set(idx, { wrap: copyOf(wrap), tag: copyOf(tag) });
    for (const { kph, idx, wrap, tag } of parts.welcomes) {
      next.welcomes.set(hex(kph), { idx, wrap: copyOf(wrap), tag: copyOf(tag) });
    }
    if (parts.groupInfo !== undefined) {
      next.groupInfo.set(parts.groupInfo.part, copyOf(parts.groupInfo.bytes));
    }
    return next;
  }

  #take(other: Stage): void {
    for (const [idx, wrap] of other.wraps) this.wraps.set(idx, wrap);
    for (const [kph, welcome] of other.welcomes) this.welcomes.set(kph, welcome);
    for (const [part, bytes] of other.groupInfo) this.groupInfo.set(part, bytes);
  }
}
