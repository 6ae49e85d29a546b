import type { RoomStore } from '@bytechat/rooms';
import type { ROTATIONS } from './model-commands.ts';
import { isSame, newInvite, type RoomInvite } from './people.ts';

/** The invites of a model's room: those it has had, and those it might have had. */
export class ModelInvites {
  /** Of a room that is there, but another one. */
  readonly elsewhere = newInvite();
  readonly #reference: RoomStore;
  readonly #first: RoomInvite;
  /** The newest first. */
  readonly #all: RoomInvite[];

  constructor(reference: RoomStore, first: RoomInvite) {
    this.#reference = reference;
    this.#first = first;
    this.#all = [first];
  }

  /** The present invite for 0, else an earlier one, or one that never came to be. */
  async at(back: number): Promise<RoomInvite> {
    const current = (await this.#reference.state(this.#first.rid))?.rid ?? this.#first.rid;
    const present = this.#all.filter(({ rid }) => isSame(rid, current));
    const all = [...present, ...this.#all.filter(({ rid }) => !isSame(rid, current))];
    return all[back % all.length]!;
  }

  async rotation(kind: (typeof ROTATIONS)[number]): Promise<RoomInvite | undefined> {
    switch (kind) {
      case 'none':
        return undefined;
      case 'known':
        return this.at(1);
      case 'elsewhere':
        return this.elsewhere;
      case 'fresh':
        this.#all.unshift(newInvite());
        return this.#all[0];
    }
  }
}
