import { describe, expect, it } from '@jest/globals';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { World, type Participant } from '@bytechat/testing';
import type { RoomClient, RoomEvent } from '../api.ts';
import { ClientError } from '../errors.ts';
import { createRoomClient } from '../room-client.ts';
import { createWorkerRoomClient, type WorkerPort } from './proxy.ts';
import { serveRoomClient, type WorkerScope } from './serve.ts';

type Listener = (event: MessageEvent) => void;

/** A worker without a thread: the two ends of a channel, structured clone included. */
class Boundary {
  readonly page: WorkerPort;
  readonly worker: WorkerScope;
  readonly fromPage: unknown[] = [];
  terminated = false;
  readonly #ports: [MessagePort, MessagePort];
  #fail: ((event: Event) => void) | undefined;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#ports = [port1, port2];
    this.page = {
      postMessage: (message) => {
        this.fromPage.push(message);
        port1.postMessage(message);
      },
      addEventListener: (type, listener) => {
        if (type === 'error') this.#fail = listener;
        else port1.on('message', (data: unknown) => (listener as Listener)({ data } as MessageEvent));
      },
      terminate: () => {
        this.terminated = true;
        this.close();
      },
    };
    this.worker = {
      postMessage: (message) => port2.postMessage(message),
      addEventListener: (_type, listener) =>
        port2.on('message', (data: unknown) => listener({ data } as MessageEvent)),
    };
  }

  /** Says something to one side that is not of the protocol. */
  smuggle(to: 'page' | 'worker', message: unknown): void {
    this.#ports[to === 'page' ? 1 : 0].postMessage(message);
  }

  crash(): void {
    this.#fail?.(new Event('error'));
  }

  close(): void {
    for (const port of this.#ports) port.close();
  }
}

interface Served {
  world: World;
  boundary: Boundary;
  client: ReturnType<typeof createWorkerRoomClient>;
  events: RoomEvent[];
  inside: RoomClient[];
}

function served(): Served {
  const world = new World();
  const boundary = new Boundary();
  const inside: RoomClient[] = [];
  serveRoomClient(boundary.worker, (endpoint) => {
    const { connect: transport, info } = world.gateway;
    const { clock, keySource } = world;
    inside.push(createRoomClient({ endpoint, transport, info, clock, keySource }));
    return inside.at(-1)!;
  });
  const client = createWorkerRoomClient(boundary.page, { url: 'http://gateway.test' });
  const events: RoomEvent[] = [];
  client.subscribe((event) => events.push(event));
  return { world, boundary, client, events, inside };
}

const last = <T extends RoomEvent['type']>(events: RoomEvent[], type: T) =>
  events.findLast((event): event is Extract<RoomEvent, { type: T }> => event.type === type);

describe('the worker', () => {
  it('serves the same interface: create, talk, leave', async () => {
    const { world, boundary, client, events } = served();
    const invitation = await world.settled(client.create({ name: 'Anna', password: 'secret' }));
    await world.until(() => last(events, 'membership')?.membership.step === 'active', 'anna is in');
    const ben: Participant = await world.joins(invitation, 'secret');
    const message = await world.settled(client.send('from the page'));
    expect(message).toMatchObject({ own: true, state: 'sending', text: 'from the page' });
    await ben.send('to the page');
    await world.until(() => ben.sees('from the page', 'to the page'), 'ben sees both');
    await world.until(() => last(events, 'message')?.message.state === 'sent', 'the tick came');
    await expect(world.settled(client.peek(invitation.code))).resolves.toMatchObject({ members: 2 });
    const answered = last(events, 'message')!.message.id;
    await world.settled(client.send('an answer', { replyTo: answered }));
    await world.settled(client.react(answered, '👍', true));
    await world.settled(client.edit(message.id, 'from the page, corrected'));
    await world.until(() => ben.sees('an answer', 'from the page, corrected'), 'ben sees the answer');
    await world.settled(client.remove(message.id));
    await world.until(() => ben.messages.some(({ deleted }) => deleted === true), 'ben sees it taken back');
    expect(ben.messages.flatMap(({ reactions }) => reactions).map(({ emoji }) => emoji)).toEqual(['👍']);
    await world.settled(client.keepAlive());
    await world.settled(client.leave());
    expect(last(events, 'connection')?.connection).toEqual({ state: 'closed', code: 'LEFT' });
    client.terminate();
    expect(boundary.terminated).toBe(true);
    await client.leave();
  });

  it('passes errors on with their codes', async () => {
    const { world, client } = served();
    const failure = await world.settled(client.join({ code: 'nonsense' }).catch((error: unknown) => error));
    expect(failure).toBeInstanceOf(ClientError);
    expect(failure).toMatchObject({ code: 'ERR_CODE' });
    await expect(world.settled(client.send('x'))).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    world.gateway.faults.refuseNext('join_room', { code: 'ERR_RATE', message: 'slow', retryAfterMs: 7_000 });
    await expect(world.settled(client.create({}))).rejects.toMatchObject({
      code: 'ERR_RATE',
      retryAfterMs: 7_000,
    });
    client.terminate();
  });

  it('takes nothing that is not of the protocol, on either side', async () => {
    const { world, boundary, client, events, inside } = served();
    await world.settled(client.create({}));
    const before = events.length;
    for (const message of [
      null,
      'leave',
      { kind: 'call', id: 1, method: 'erase' },
      { kind: 'call', id: 1, method: 'leave', argument: 'x' },
      { kind: 'call', id: -1, method: 'leave' },
      { kind: 'start', endpoint: { url: 'http://elsewhere.test', more: 1 } },
      { kind: 'start', endpoint: { url: 'http://elsewhere.test' } },
    ])
      boundary.smuggle('worker', message);
    for (const message of [
      undefined,
      { kind: 'event', event: { type: 'message', message: { text: '<img>' } } },
      { kind: 'event', event: { type: 'expired', ids: [], html: 1 } },
      { kind: 'result' },
    ])
      boundary.smuggle('page', message);
    await world.until(() => last(events, 'membership')?.membership.step === 'active', 'all is well');
    expect(inside).toHaveLength(1);
    expect(events.slice(before).some(({ type }) => type === 'message' || type === 'expired')).toBe(false);
    client.terminate();
  });

  it.each<RoomEvent>([
    { type: 'connection', connection: { state: 'waiting', attempt: 2, retryAt: 7, code: 'ERR_RATE' } },
    { type: 'connection', connection: { state: 'waiting', attempt: 2, retryAt: 7 } },
    { type: 'alarm', code: 'FORK', by: { mid: 'aa', name: 'Ben' } },
    { type: 'alarm', code: 'GAP', missing: 2, by: { mid: 'aa', name: 'Ben' } },
    { type: 'alarm', code: 'STALE', cause: 'oldKeys', since: 5 },
    { type: 'alarm', code: 'REPLAY' },
    { type: 'alarmEnded', code: 'STALE' },
    { type: 'knocking', people: [{ id: 'aa', mid: 'bb', name: 'Teal Sole', since: 3 }] },
  ])('lets through what the page is told: %j', async (event) => {
    const { world, boundary, client, events } = served();
    boundary.smuggle('page', { kind: 'event', event });
    await world.until(() => events.length > 0, 'the page has heard it');
    expect(events).toEqual([event]);
    client.terminate();
  });

  it('rejects every open call when it is terminated or breaks, and says so', async () => {
    const { world, boundary, client, events } = served();
    world.gateway.faults.setUnreachable(true);
    const creating = client.create({});
    boundary.crash();
    await expect(creating).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(last(events, 'connection')?.connection).toEqual({ state: 'closed', code: 'PROTOCOL' });
    expect(boundary.terminated).toBe(true);
    await expect(client.send('x')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });
});
