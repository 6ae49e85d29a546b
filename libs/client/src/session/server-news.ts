import type { ServerToClient } from '@bytechat/protocol';
import type { RoomEvent } from '../api.ts';
import type { Connection, Link } from '../connection.ts';
import type { ServerEvent } from '../transport.ts';
import type { Chat } from './chat.ts';
import type { Entrance } from './entrance.ts';

export interface NewsDeps {
  entrance: Entrance;
  chat: Chat;
  connection: Connection;
  emit(event: RoomEvent): void;
  /** The server has ended the stay. */
  end(code: 'EXPIRED' | 'KICKED' | 'REPLACED'): void;
}

/** Takes each event of the server to the part of the session that it concerns. */
export class ServerNews {
  readonly #deps: NewsDeps;

  constructor(deps: NewsDeps) {
    this.#deps = deps;
  }

  received(link: Link, { name, payload }: ServerEvent): void {
    const { chat, entrance } = this.#deps;
    if (name === 'room_joined') entrance.told(link, payload);
    else if (name === 'user_joined') this.#userJoined(payload);
    else if (name === 'user_left') this.#userLeft(payload);
    else if (name === 'new_message') entrance.room?.hint(payload);
    else if (name === 'session_key_received') this.#keysReceived(link, payload);
    else if (name === 'room_head') this.#head(link, payload);
    else if (name === 'signal') void chat.signalled(payload.bytes);
    else if (name === 'server_notice') this.#notice(link, payload);
  }

  #userJoined(event: ServerToClient['user_joined']): void {
    const { room } = this.#deps.entrance;
    if (event.kind === 'pending') {
      // What fails the checks is not let in; there is nobody to tell.
      room?.care.consider(event.kp).catch(() => undefined);
      return;
    }
    this.#deps.chat.roster.setPresent(event.mid, true);
    room?.care.admission.replan();
  }

  #userLeft({ kind, idx, mid, reason }: ServerToClient['user_left']): void {
    if (kind === 'removed') return;
    const { room } = this.#deps.entrance;
    this.#deps.chat.roster.setPresent(mid, false);
    if (kind === 'left') room?.care.admission.leaver(idx, mid, reason ?? 'left');
    else room?.care.admission.replan();
  }

  #keysReceived(link: Link, event: ServerToClient['session_key_received']): void {
    if (event.kind === 'commit') this.#deps.entrance.room?.hint(event);
    else if (event.kind === 'welcome') this.#deps.entrance.welcomed(link, event);
    // What isn't a member's complaint is nobody's.
    else this.#deps.entrance.room?.care.disputes.heard(event.bytes).catch(() => undefined);
  }

  #head(link: Link, { generation, seq }: ServerToClient['room_head']): void {
    const { room } = this.#deps.entrance;
    if (!room) this.#deps.entrance.missedWelcome(link);
    else if (generation === room.position.generation) room.inbox.behind(seq);
    else room.generationIs(generation);
  }

  #notice(link: Link, { code, retryAfterMs }: ServerToClient['server_notice']): void {
    this.#deps.emit({ type: 'notice', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    if (code === 'EXPIRED' || code === 'KICKED' || code === 'REPLACED') this.#deps.end(code);
    else if (code === 'DRAINING') this.#deps.connection.moveAfter(link, retryAfterMs ?? 0);
  }
}
