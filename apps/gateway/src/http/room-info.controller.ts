import { Controller, Get, Header, Inject, Param, Req } from '@nestjs/common';
import { fromBase64Url, type Bytes, type RoomInfo } from '@bytechat/protocol';
import type { Rooms, RoomStore } from '@bytechat/rooms';
import type { Request } from 'express';
import { addressOf, type ProxyTrust } from '../edge/address.ts';
import { PROXY_TRUST, ROOM_STORE, ROOMS } from '../tokens.ts';

const RID_BYTES = 16;
/** Questions an address may ask in a minute: a person looks at a few links, a guesser at many. */
export const INFO_PER_MINUTE = 60;

/** What can be known of a room before joining it (PROTOCOL decision 19). */
@Controller('api/room')
export class RoomInfoController {
  readonly #rooms: Rooms;
  readonly #store: RoomStore;
  readonly #trust: ProxyTrust;

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(ROOM_STORE) store: RoomStore,
    @Inject(PROXY_TRUST) trust: ProxyTrust,
  ) {
    this.#rooms = rooms;
    this.#store = store;
    this.#trust = trust;
  }

  /** @throws {RoomError} ERR_RATE */
  @Get(':rid/info')
  @Header('Cache-Control', 'no-store')
  async info(@Param('rid') rid: string, @Req() request: Request): Promise<RoomInfo> {
    const address = await this.#rooms.addressKeys(addressOf(request, this.#trust));
    await this.#store.spend({ kind: 'info', address, burst: INFO_PER_MINUTE, perMinute: INFO_PER_MINUTE });
    return this.#rooms.info(ridOf(rid));
  }
}

/** What is no rid names no room either, and is answered the same way. */
function ridOf(text: string): Bytes {
  const bytes = fromBase64Url(text);
  return bytes?.length === RID_BYTES ? bytes : new Uint8Array(RID_BYTES);
}
