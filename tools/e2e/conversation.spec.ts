import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

/** Behind her name stands the sign that ends its direction. */
const ADA_TYPES = /Ada\u2069 is typing/;

describe('two people who discuss', () => {
  let gateway: GatewayProcess;
  let ada: Person;
  let ben: Person;

  beforeAll(async () => {
    gateway = await GatewayProcess.start();
    [ada, ben] = await Promise.all([Person.arrives(), Person.arrives()]);
    await ada.createsRoom(gateway.origin, { name: 'Ada' });
    await ben.joins(ada.link(), { name: 'Ben' });
    await Promise.all([ada.seesMembers(2), ben.seesMembers(2)]);
  });

  afterAll(async () => {
    await Promise.all([ada.goesHome(), ben.goesHome()]);
    await gateway.stop();
  });

  it('see each other type, until it is said', async () => {
    await ada.types('Lunch at noon?');
    await ben.isTold(ADA_TYPES);
    await ada.sends('Lunch at noon?');
    await ben.sees('Lunch at noon?');
    await ben.isToldNoMore(ADA_TYPES);
  });

  it('answer, and see whom', async () => {
    await ben.answers('Lunch at noon?', 'Gladly');
    await ada.seesWith('Gladly', 'quote', 'Lunch at noon?');
    await ben.seesWith('Gladly', 'quote', 'Lunch at noon?');
  });

  it('react, each once', async () => {
    await ada.reactsTo('Gladly');
    await ben.seesWith('Gladly', 'reaction', '1');
    await ben.reactsTo('Gladly');
    await Promise.all([ada.seesWith('Gladly', 'reaction', '2'), ben.seesWith('Gladly', 'reaction', '2')]);
  });

  it('correct what they wrote, and the answer shows the original as it is now', async () => {
    await ada.correctsLast('Lunch at one?');
    await ben.seesWith('Lunch at one?', 'edited', 'edited');
    await ben.seesWith('Gladly', 'quote', 'Lunch at one?');
    await ben.noLongerSees('Lunch at noon?');
  });

  it('take back what they wrote', async () => {
    await ada.sends('wrong room, sorry');
    await ben.sees('wrong room, sorry');
    await ada.deletes('wrong room, sorry');
    await ben.seesDeleted();
    await ben.noLongerSees('wrong room, sorry');
    await ada.noLongerSees('wrong room, sorry');
  });

  it('are joined by a newcomer who sees the same, and see it after a reload', async () => {
    const cleo = await Person.arrives();
    await cleo.joins(ada.link(), { name: 'Cleo' });
    await ben.reloads();
    await ben.joins(ada.link(), { name: 'Ben' });
    for (const person of [cleo, ben]) {
      await person.seesWith('Gladly', 'quote', 'Lunch at one?');
      await person.seesWith('Gladly', 'reaction', '2');
      await person.seesWith('Lunch at one?', 'edited', 'edited');
      expect((await person.messages()).join()).not.toContain('wrong room');
    }
    expect([ada, ben, cleo].flatMap(({ complaints }) => complaints)).toEqual([]);
    await cleo.goesHome();
  });
});
