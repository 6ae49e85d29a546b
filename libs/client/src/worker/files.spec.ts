import { expect, it } from '@jest/globals';
import { MessageChannel } from 'node:worker_threads';
import { World } from '@bytechat/testing';
import { createRoomClient } from '../room-client.ts';
import { createWorkerRoomClient, type WorkerPort } from './proxy.ts';
import { serveRoomClient, type WorkerScope } from './serve.ts';

/** The two ends of a channel between threads: what is transferred is gone on the other side. */
function boundary(): { page: WorkerPort; worker: WorkerScope; close(): void } {
  const { port1, port2 } = new MessageChannel();
  type Listener = (event: MessageEvent) => void;
  const listen = (port: typeof port1, listener: Listener): void => {
    port.on('message', (data: unknown) => listener({ data } as MessageEvent));
  };
  const post =
    (port: typeof port1) =>
    (message: unknown, { transfer }: { transfer: Transferable[] }): void =>
      port.postMessage(message, transfer as ArrayBuffer[]);
  return {
    page: {
      postMessage: post(port1),
      addEventListener: (type, listener) => {
        if (type === 'message') listen(port1, listener as Listener);
      },
      terminate: () => port1.close(),
    },
    worker: { postMessage: post(port2), addEventListener: (_type, listener) => listen(port2, listener) },
    close: () => port1.close(),
  };
}

it('hands a file to the worker and back without a copy, whole or as a blob', async () => {
  const world = new World();
  const { people } = await world.room(1);
  const founder = people[0]!;
  const { page, worker, close } = boundary();
  const { gateway, clock, keySource } = world;
  const transport = gateway.connect;
  serveRoomClient(worker, (endpoint) =>
    createRoomClient({ endpoint, transport, clock, keySource, info: gateway.info }),
  );
  const client = createWorkerRoomClient(page, { url: 'http://gateway.test' });
  let isIn = false;
  const seen = new Map<string, string>();
  client.subscribe((event) => {
    if (event.type === 'membership') isIn = event.membership.step === 'active';
    if (event.type === 'message') seen.set(event.message.attachment?.name ?? '', event.message.id);
  });
  await world.settled(client.join({ code: founder.invitations[0]!.code }));
  await world.until(() => isIn, 'the newcomer is in');
  const whole = new Uint8Array(70_000).fill(3);
  await world.settled(client.attach({ data: whole, name: 'whole.bin', mediaType: 'application/x' }));
  expect(whole.buffer.detached).toBe(true);
  const blob = new Blob([new Uint8Array(500).fill(4)]);
  await world.settled(client.attach({ data: blob, name: 'blob.bin', mediaType: 'application/x' }));
  await world.until(
    () => founder.messages.filter(({ attachment }) => attachment).length === 2,
    'both have arrived',
  );
  const [wholeId, blobId] = [seen.get('whole.bin')!, seen.get('blob.bin')!];
  expect(await world.settled(client.download(wholeId))).toEqual(new Uint8Array(70_000).fill(3));
  expect(await world.settled(client.download(blobId))).toEqual(new Uint8Array(500).fill(4));
  await expect(world.settled(client.download('nothing'))).rejects.toMatchObject({ code: 'ERR_MESSAGE_GONE' });
  await world.settled(client.cancelDownload(wholeId));
  close();
});
