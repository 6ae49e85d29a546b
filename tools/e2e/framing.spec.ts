import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

describe('a page of another origin', () => {
  let gateway: GatewayProcess;
  let stranger: Server;
  let visitor: Person;
  let strangerOrigin: string;

  beforeAll(async () => {
    gateway = await GatewayProcess.start();
    stranger = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>stranger</title><iframe src="${gateway.origin}/"></iframe>`);
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    strangerOrigin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    visitor = await Person.arrives();
  });

  afterAll(async () => {
    await visitor.goesHome();
    await new Promise((resolve) => stranger.close(resolve));
    await gateway.stop();
  });

  it("can't frame the app", async () => {
    await visitor.opens(strangerOrigin);
    await visitor.page.waitForLoadState('networkidle');
    const framed = visitor.page.frames().find((frame) => frame !== visitor.page.mainFrame());
    const title = await framed?.title().catch(() => '');
    expect(title ?? '').not.toMatch(/ByteChat/);
    expect(visitor.complaints.join('\n')).toMatch(/frame-ancestors/);
  });

  it("claim 31: can't open a socket", async () => {
    await visitor.opens(strangerOrigin);
    const outcome = await visitor.page.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(url);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        }),
      `ws://localhost:${gateway.port}/socket.io/?EIO=4&transport=websocket`,
    );
    expect(outcome).toBe('refused');
  });
});
