import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

describe('people who decide who belongs to their room', () => {
  let gateway: GatewayProcess;
  let ada: Person;
  let ben: Person;
  let firstLink: string;

  beforeAll(async () => {
    gateway = await GatewayProcess.start();
    [ada, ben] = await Promise.all([Person.arrives(), Person.arrives()]);
  });

  afterAll(async () => {
    await Promise.all([ada.goesHome(), ben.goesHome()]);
    await gateway.stop();
  });

  it('keep what was said from newcomers when the room says so', async () => {
    await ada.createsRoom(gateway.origin, { name: 'Ada', history: 'none' });
    firstLink = ada.link();
    await ada.sends('before anybody came');
    await ada.seesSent('before anybody came');
    await ben.joins(firstLink, { name: 'Ben' });
    await ada.sends('after Ben came');
    await ben.sees('after Ben came');
    expect(await ben.messages()).toEqual(['after Ben came']);
  });

  it('see two ticks when another member has acknowledged a message', async () => {
    await ben.sends('I have read it');
    await ada.sees('I have read it');
    await ada.seesDelivered('after Ben came');
  });

  it('read the same twelve words', async () => {
    const words = await ada.readsSafetyWords();
    expect(
      words
        .trim()
        .split(/\s+/)
        .filter((word) => /^[a-z]+$/.test(word)),
    ).toHaveLength(12);
    expect(await ben.readsSafetyWords()).toBe(words);
  });

  it('claim 12: kick somebody, who is told so and whose link opens nothing any more', async () => {
    await ada.kicks('Ben');
    await ben.isOut('KICKED');
    await ada.seesMembers(1);
    await ada.isTold(/link has changed|new link/i);
    expect(ada.link()).not.toBe(firstLink);
    await ben.opens(firstLink);
    await ben.isTold(/this room has ended/i);
  });

  it('let somebody else in by the new link', async () => {
    const cleo = await Person.arrives();
    await cleo.joins(ada.link(), { name: 'Cleo' });
    await cleo.sends('hello by the new link');
    await ada.sees('hello by the new link');
    expect(cleo.complaints).toEqual([]);
    await cleo.goesHome();
  });
});
