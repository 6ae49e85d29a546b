import { DOCUMENT, inject, InjectionToken } from '@angular/core';
import { createWorkerRoomClient, type RoomClient } from '@bytechat/client';
import { apiOrigin } from '../address/api-origin';
import { startRoomWorker } from '../room/room-worker-start.ts';

/** A client and the thread it runs in; `terminate` ends both and with them every key. */
export type RoomClientHandle = RoomClient & { terminate(): void };

/** Starts a room client in a worker of its own, so that keys never live in the page. */
export const ROOM_CLIENT_FACTORY = new InjectionToken<() => RoomClientHandle>('ROOM_CLIENT_FACTORY', {
  providedIn: 'root',
  factory: () => {
    const url = apiOrigin(inject(DOCUMENT));
    return () => createWorkerRoomClient(startRoomWorker(), { url });
  },
});
