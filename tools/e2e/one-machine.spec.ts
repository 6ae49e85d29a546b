import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayProcess } from './harness/gateway-process.ts';
import { Person } from './harness/person.ts';

const password = 'correct horse battery staple';

describe('people on one machine with the embedded store', () => {
  let gateway: GatewayProcess;
  let ada: Person;
  let ben: Person;
  let link: string;

  beforeAll(async () => {
    gateway = await GatewayProcess.start();
    [ada, ben] = await Promise.all([Person.arrives(), Person.arrives()]);
  });

  afterAll(async () => {
    await Promise.all([ada.goesHome(), ben.goesHome()]);
    const exitCode = await gateway.stop();
    if (exitCode !== 0) throw new Error(`The gateway ended with ${String(exitCode)}:\n${gateway.output}`);
  });

  it('make a room with a password and talk both ways by its link', async () => {
    await ada.createsRoom(gateway.origin, { password, name: 'Ada', lifetime: '1 minute' });
    link = ada.link();
    expect(link).toMatch(/\/room#1\.[0-9A-HJKMNP-TV-Z]{32}$/);
    await ben.joins(link, { password, name: 'Ben' });
    await Promise.all([ada.seesMembers(2), ben.seesMembers(2)]);

    await ada.sends('Hello Ben, can you read this?');
    await ben.sees('Hello Ben, can you read this?');
    await ada.seesSent('Hello Ben, can you read this?');
    await ben.sends('Clear as day.\nOn two lines.');
    await ada.sees('On two lines.');
  });

  it('see a third one join and leave', async () => {
    const cleo = await Person.arrives();
    await cleo.joins(link, { password, name: 'Cleo' });
    await Promise.all([ada.seesMembers(3), ben.seesMembers(3), cleo.seesMembers(3)]);
    await cleo.sees('Hello Ben, can you read this?');
    await cleo.sends('Hi, I am new');
    await Promise.all([ada.sees('Hi, I am new'), ben.sees('Hi, I am new')]);
    await cleo.leavesRoom();
    await Promise.all([ada.seesMembers(2), ben.seesMembers(2)]);
    await ada.isTold(/Cleo.*left/i);
    await ben.sends('and we talk on');
    await ada.sees('and we talk on');
    expect(cleo.complaints).toEqual([]);
    await cleo.goesHome();
  });

  it('are refused with a wrong password, in words', async () => {
    const eve = await Person.arrives();
    await eve.follows(link, { password: 'wrong horse' });
    await eve.isTold(/wrong (link or )?password/i);
    await eve.goesHome();
  });

  it('lose a message from both screens and the store when its time is over', async () => {
    await ada.sends('this one is gone in a minute');
    await ben.sees('this one is gone in a minute');
    await Promise.all([
      ada.noLongerSees('this one is gone in a minute'),
      ben.noLongerSees('this one is gone in a minute'),
    ]);
  });

  it('come back after a reload with the password, as new members', async () => {
    await ben.reloads();
    await ben.joins(link, { password, name: 'Ben' });
    await ben.sends('back again');
    await ada.sees('back again');
  });

  it('get the room back when the last one reloads, and are told that earlier messages are gone', async () => {
    await ben.leavesRoom();
    await ada.seesMembers(1);
    await ada.sends('alone now');
    await ada.seesSent('alone now');
    await ada.leavesRoom();
    await ada.joins(link, { password });
    await ada.isTold(/earlier messages can.t be read/i);
    expect(await ada.messages()).toEqual([]);
  });

  it('caused no policy violation, no failed request and no error', () => {
    expect([...ada.complaints, ...ben.complaints]).toEqual([]);
  });
});
