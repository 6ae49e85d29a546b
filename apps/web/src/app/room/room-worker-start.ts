import { allowScript } from '../environment/trusted-scripts.ts';

/** Starts the dedicated worker of one room. */
export function startRoomWorker(): Worker {
  const url = roomWorkerUrl();
  allowScript(url);
  return new Worker(url, { type: 'module', name: 'room' });
}

class ScriptAddress {
  readonly url: URL;
  constructor(url: URL) {
    this.url = url;
  }
}

/**
 * The built worker's address. The bundler knows one spelling only, `new Worker(new URL(…, import.meta.url))`;
 * the address is wanted before a worker starts, since the Trusted Types policy lets exactly this one pass.
 */
function roomWorkerUrl(): URL {
  const Worker = ScriptAddress;
  return new Worker(new URL('./room.worker', import.meta.url)).url;
}
