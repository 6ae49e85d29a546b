import type { ChatMessage, RoomEvent } from '@bytechat/client';
import { toFailure } from '../error-texts.ts';
import type { Io } from '../io.ts';
import { terminalSafe } from '../output/terminal-safe.ts';
import type { Stay } from '../room/stay.ts';
import { saveFile } from './save-file.ts';

/** Saves the files that others send into a folder, one after the other, and tells where. */
export class FileKeeper {
  readonly #folder: string;
  readonly #io: Pick<Io, 'stderr'>;
  readonly #seen = new Set<string>();
  readonly #stay = Promise.withResolvers<Stay>();
  #last: Promise<void> = Promise.resolve();

  constructor(folder: string, io: Pick<Io, 'stderr'>) {
    this.#folder = folder;
    this.#io = io;
  }

  /** Files of which was heard before go now. */
  begin(stay: Stay): void {
    this.#stay.resolve(stay);
  }

  readonly take = (event: RoomEvent): void => {
    if (event.type !== 'message') return;
    const { id, own, attachment } = event.message;
    if (own || !attachment || this.#seen.has(id)) return;
    this.#seen.add(id);
    this.#last = this.#last.then(() => this.#keep(event.message));
  };

  /** A file that can't be had is no reason to leave. */
  async #keep({ id, attachment }: ChatMessage): Promise<void> {
    const stay = await this.#stay.promise;
    try {
      const path = await saveFile(this.#folder, attachment!.name, await stay.fetch(id));
      this.#io.stderr.write(`Saved ${terminalSafe(path)}\n`);
    } catch (error) {
      if (!stay.over.aborted)
        this.#io.stderr.write(`Not saved: ${terminalSafe(attachment!.name)}. ${toFailure(error).message}\n`);
    }
  }
}
