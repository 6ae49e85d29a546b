import { type AttachmentManifest, type Bytes, CONTENT_TYPES, type Suite } from '@bytechat/crypto';
import type { Attachment, FileToSend, RoomEvent } from '../api.ts';
import type { Clock } from '../clock.ts';
import { ClientError, typed, type ClientErrorCode } from '../errors.ts';
import type { SendQueue } from '../session/send-queue.ts';
import { download } from './download.ts';
import { cleanFileName } from './file-name.ts';
import type { FilePort } from './file-port.ts';
import { OutgoingFile } from './outgoing-file.ts';
import { Patience } from './patience.ts';

interface Download {
  patience: Patience;
  file: Promise<Bytes>;
}

/** The files of messages: on their way to the room, and from it when somebody wants to see them. */
export class Attachments {
  readonly #clock: Clock;
  readonly #queue: SendQueue;
  readonly #emit: (event: RoomEvent) => void;
  readonly #requireSpeaking: () => void;
  readonly #failedToSend: (id: string, code: ClientErrorCode) => void;
  readonly #outgoing = new Map<string, OutgoingFile>();
  readonly #manifests = new Map<string, AttachmentManifest>();
  readonly #downloads = new Map<string, Download>();
  #port: FilePort | undefined;
  #suite: Suite = 2;

  constructor(deps: {
    clock: Clock;
    queue: SendQueue;
    emit(event: RoomEvent): void;
    /** @throws {ClientError} while nothing may be said */
    requireSpeaking(): void;
    /** A file can't be handed over. */
    failed(id: string, code: ClientErrorCode): void;
  }) {
    this.#clock = deps.clock;
    this.#queue = deps.queue;
    this.#emit = (event) => deps.emit(event);
    this.#requireSpeaking = () => deps.requireSpeaking();
    this.#failedToSend = (id, code) => deps.failed(id, code);
  }

  /** Goes on in this room, or waits for one. */
  attach(port: FilePort | undefined): void {
    this.#port = port;
    if (port) this.#suite = port.suite;
    this.wake();
  }

  /** Something changed that may let chunks go. */
  wake(): void {
    for (const { patience } of this.#outgoing.values()) patience?.wake();
    for (const { patience } of this.#downloads.values()) patience.wake();
  }

  /** Begins to hand over a file; the message goes out when the server has all of it. */
  begin(id: string, bytes: Bytes, about: Attachment): void {
    const file = new OutgoingFile(bytes, about);
    this.#outgoing.set(id, file);
    void this.#deliver(id, file);
  }

  /** Goes on with a file that failed. False when the id is of something else. */
  retry(id: string): boolean {
    const file = this.#outgoing.get(id);
    if (!file || file.patience) return false;
    void this.#deliver(id, file);
    return true;
  }

  /** Whether a file isn't with the server yet: it can be taken away still. */
  isOnItsWay(id: string): boolean {
    return this.#outgoing.has(id);
  }

  /** What a message of a member says of its file. */
  heard(id: string, manifest: AttachmentManifest): void {
    this.#manifests.set(id, manifest);
  }

  /** One fetching for all who ask at the same time; each gets bytes of its own. @throws {ClientError} as `RoomClient.download` */
  async download(id: string): Promise<Bytes> {
    const manifest = this.#manifests.get(id);
    if (!manifest) throw new ClientError('ERR_MESSAGE_GONE');
    const { file } = this.#downloads.get(id) ?? this.#fetch(id, manifest);
    return (await file).slice();
  }

  cancelDownload(id: string): void {
    this.#downloads.get(id)?.patience.stop();
  }

  /** Messages are gone: nothing of their files stays, and nothing is on its way any more. */
  forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.cancelDownload(id);
      this.#outgoing.get(id)?.erase();
      this.#outgoing.delete(id);
      this.#manifests.get(id)?.key.key.fill(0);
      this.#manifests.delete(id);
    }
  }

  clear(): void {
    this.forget([...this.#outgoing.keys(), ...this.#manifests.keys()]);
    this.#port = undefined;
  }

  #fetch(id: string, { key }: AttachmentManifest): Download {
    const patience = new Patience(this.#clock, () => this.#port);
    const progress = (done: number, total: number): void =>
      this.#emit({ type: 'transfer', transfer: { id, direction: 'down', done, total } });
    const file = download(key, this.#suite, patience, progress).finally(() => this.#downloads.delete(id));
    const fetching = { patience, file };
    this.#downloads.set(id, fetching);
    return fetching;
  }

  async #deliver(id: string, file: OutgoingFile): Promise<void> {
    const patience = new Patience(this.#clock, () => this.#port);
    file.patience = patience;
    try {
      const manifest = await file.deliver(patience, (done) => this.#progress(id, file, done));
      if (patience.stopped) return;
      this.#requireSpeaking();
      this.#queue.add(CONTENT_TYPES.attachment, file.body, true, undefined, id);
      this.#manifests.set(id, manifest);
      this.#outgoing.delete(id);
      file.dropBytes();
    } catch (error) {
      file.patience = undefined;
      if (!patience.stopped) this.#failedToSend(id, codeOf(error));
    }
  }

  #progress(id: string, { chunks }: OutgoingFile, done: number): void {
    this.#emit({ type: 'transfer', transfer: { id, direction: 'up', done, total: chunks } });
  }
}

/** What is shown of a file, of our own or of another's. */
export function describeFile(manifest: AttachmentManifest): Attachment {
  const { key, name, mediaType, width, height, preview } = manifest;
  return {
    ...{ name: cleanFileName(name), mediaType, size: key.size },
    ...(width > 0 && height > 0 ? { width, height } : {}),
    ...(preview.length > 0 ? { preview } : {}),
  };
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}$/;
const UNKNOWN_TYPE = 'application/octet-stream';

/** The same of a file that is to be sent: its name is cleaned, its type one that may be said. */
export function describeOwn(
  { name, mediaType, width, height, preview }: FileToSend,
  size: number,
): Attachment {
  const type = mediaType.toLowerCase().split(';')[0]!.trim();
  return {
    ...{ name: cleanFileName(name), mediaType: MEDIA_TYPE.test(type) ? type : UNKNOWN_TYPE, size },
    ...(width && height ? { width, height } : {}),
    ...(preview ? { preview: preview as Bytes } : {}),
  };
}

function codeOf(error: unknown): ClientErrorCode {
  const known = typed(error);
  return known instanceof ClientError ? known.code : 'ERR_UNSUPPORTED';
}
