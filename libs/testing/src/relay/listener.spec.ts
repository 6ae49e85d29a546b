import { describe, expect, it } from '@jest/globals';
import { RoomUnderAttack } from './room-under-attack.ts';

const SECRETS = { password: 'canary-password-1', name: 'Canary Name', text: 'canary text to nobody' };

/** Every byte string, text and number of a payload. */
function bytesIn(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (typeof value === 'string') return [Buffer.from(value)];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(bytesIn);
}

/** A secret as it could have slipped out. */
function formsOf(secret: string): Buffer[] {
  const plain = [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')];
  const written = plain.flatMap((bytes) =>
    [bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')].map(
      (form) => Buffer.from(form),
    ),
  );
  return [...plain, ...written, Buffer.from(encodeURIComponent(secret))];
}

const isHeard = (heard: Buffer, secret: string): boolean =>
  formsOf(secret).some((form) => heard.includes(form));

describe('claim 21: a server that keeps everything it is told', () => {
  it('never hears code, password, name or text, in any form', async () => {
    const { room, people } = await RoomUnderAttack.of(['anna'], { password: SECRETS.password });
    const [anna] = people;
    const ben = room.person('ben');
    const { password, name } = SECRETS;
    await room.world.settled(ben.join({ code: room.code, password, name }));
    await room.world.until(() => ben.active && anna.members.some((one) => one.name === name), 'ben is in');
    await ben.send(SECRETS.text);
    await room.world.everyoneSees([anna, ben], SECRETS.text);
    await room.world.settled(ben.client.leave());
    const heard = Buffer.concat(room.relay.heard.flatMap(({ payload }) => bytesIn(payload)));
    const secrets = [...Object.values(SECRETS), room.code, room.code.replaceAll('-', '')];
    expect(secrets.filter((secret) => isHeard(heard, secret))).toEqual([]);
    expect(heard.length).toBeGreaterThan(5_000);
  });

  it('would be found out: the same search finds what is there in every form', () => {
    for (const form of formsOf(SECRETS.text)) expect(isHeard(form, SECRETS.text)).toBe(true);
  });
});
