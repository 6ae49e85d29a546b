import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Member, Security } from '@bytechat/client';
import { A_CODE, aMessage, SAFE } from '../../testing/fake-room-client.ts';
import { Visitor } from '../../testing/visitor.ts';

const ANOTHER_CODE = A_CODE.replace('7', '8');
const DIGITS = '12345 67890 12345 67890 12345 67890 12345 67890 12345 67890 12345 67890';

const member = (idx: number, changes: Partial<Member> = {}): Member => ({
  mid: `aa${idx}`,
  idx,
  name: `Member ${idx}`,
  self: false,
  owner: false,
  present: true,
  ...changes,
});

const security = (changes: Partial<Security> = {}) =>
  ({
    type: 'security',
    security: {
      epoch: 7,
      history: 1,
      ttlSeconds: 3_600,
      inSync: { members: 2, of: 3, lastProofAt: Date.UTC(2026, 4, 4, 11, 59, 48) },
      verified: { members: 1, of: 3 },
      canKick: true,
      suite: 2,
      ...changes,
    },
  }) as const;

const rotated = (code: string) =>
  ({
    type: 'invitation',
    invitation: { code, hasPassword: false, ttlSeconds: 3_600 },
    options: { suite: 2, history: 0, ttlSeconds: 3_600, max: 1_000 },
  }) as const;

describe('what protects a room', () => {
  beforeEach(() => {
    jest.spyOn(console, 'info').mockReturnValue();
  });

  it('is told in words: verified, in sync and since when, keys, method', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears(security());
    expect(visitor.texts('verified')).toEqual(['1 of 3 people']);
    expect(visitor.texts('in-sync')).toEqual(['with 2 of 3, 12 seconds ago']);
    expect(visitor.texts('epoch')).toEqual(['7']);
    expect(visitor.texts('suite')[0]).toContain('AES-256-GCM');
    visitor.now.update((now) => now + 60_000);
    await visitor.waits();
    expect(visitor.texts('in-sync')).toEqual(['with 2 of 3, 1 minute ago']);
  });

  it('claims nothing of what newcomers may read while nobody has let one in: only the server has told', async () => {
    const visitor = await Visitor.inARoom();
    expect(visitor.sees('newcomers')).toBe(true);
    await visitor.hears({ type: 'membership', membership: { step: 'waiting', since: 0 } });
    expect(visitor.sees('newcomers')).toBe(false);
  });

  it('doesn’t claim proof before there is any, nor in an empty room', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears(security({ inSync: { members: 0, of: 2 } }));
    expect(visitor.texts('in-sync')).toEqual(['no proof from the others yet']);
    await visitor.hears(security({ inSync: { members: 0, of: 0 }, verified: { members: 0, of: 0 } }));
    expect(visitor.texts('in-sync')).toEqual(['nobody else is here']);
    expect(visitor.texts('verified')).toEqual(['nobody else is here']);
  });

  it('stands above the first message: how long it lives and what newcomers see', async () => {
    const visitor = await Visitor.inARoom();
    expect(visitor.texts('room-terms')).toEqual([
      'Messages vanish after 1 hour. Newcomers can’t read what was written before they came.',
    ]);
  });

  it('can be compared: twelve words, a picture, and digits to mark per person', async () => {
    const visitor = await Visitor.inARoom();
    visitor.client.safe = {
      ...SAFE,
      members: ['aa0', 'aa1'].map((mid) => ({ mid, fingerprint: DIGITS, verified: false })),
    };
    await visitor.hears({ type: 'members', members: [member(0, { self: true }), member(1)] }, security());
    await visitor.clicks('open-safety');
    await visitor.waits();
    expect(visitor.one('safety-words').querySelectorAll('li')).toHaveLength(12);
    expect(visitor.one('qr').querySelector('svg')?.getAttribute('aria-label')).toBe(
      'QR code of the safety words',
    );
    expect(visitor.texts('person-check')[1]).toContain('12345');
    await visitor.clicks('mark-verified');
    expect(visitor.client.asked('verify')).toEqual([{ mid: 'aa1', yes: true }]);
    expect(visitor.one('mark-verified').getAttribute('aria-pressed')).toBe('true');
    expect(visitor.texts('member-verified')).toEqual(['verified']);
  });

  it('shows new words when somebody comes', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'members', members: [member(0, { self: true })] }, security());
    await visitor.clicks('open-safety');
    await visitor.waits();
    visitor.client.safe = { ...SAFE, words: SAFE.words.toReversed() };
    await visitor.hears({ type: 'members', members: [member(0, { self: true }), member(1)] });
    await visitor.waits();
    expect(visitor.one('safety-words').querySelector('li')?.textContent).toBe('lamp');
  });

  it('warns when two people bear one name', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears(
      {
        type: 'members',
        members: [member(0, { self: true }), member(1, { name: 'Anna' }), member(2, { name: 'Anna' })],
      },
      { type: 'system', line: { id: 's1', at: 0, kind: 'sameName', mid: 'aa2', name: 'Anna' } },
    );
    expect(visitor.all('same-name')).toHaveLength(2);
    expect(visitor.texts('system-line')[0]).toContain('Another “Anna” has come in, with a different key.');
  });
});

describe('alarms', () => {
  const stale = (cause: 'silence' | 'oldKeys' = 'silence') =>
    ({ type: 'alarm', code: 'STALE', cause, since: Date.now() - 180_000 }) as const;
  const writes = async (visitor: Visitor) => {
    await visitor.types('composer', 'to whom?');
    await visitor.presses('composer', 'Enter');
    return visitor.client.asked('send').length;
  };

  it('a fork stops sending until the person decides, and stays on screen then', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'alarm', code: 'FORK' });
    expect(visitor.texts('alarm')[0]).toContain('different conversations');
    expect(await writes(visitor)).toBe(0);
    await visitor.clicks('send-anyway');
    expect(visitor.client.asked('resumeSending')).toHaveLength(1);
    expect(visitor.texts('alarm')[0]).toContain('not everybody may see it');
    expect(await writes(visitor)).toBe(1);
  });

  it('a stale view stops sending; sending anyway puts it aside until it is told again', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears(stale());
    expect(visitor.texts('alarm')[0]).toContain('Nobody has confirmed your view');
    expect(await writes(visitor)).toBe(0);
    await visitor.clicks('send-anyway');
    expect(visitor.sees('alarm')).toBe(false);
    expect(await writes(visitor)).toBe(1);
    await visitor.hears(stale());
    expect(await writes(visitor)).toBe(1);
  });

  it('a stale view is fresh again when somebody proves to see the same', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears(stale());
    await visitor.hears(security());
    expect(visitor.sees('alarm')).toBe(true);
    await visitor.hears({ type: 'alarmEnded', code: 'STALE' });
    expect(visitor.sees('alarm')).toBe(false);
    expect(await writes(visitor)).toBe(1);
  });

  it('stays when the client refuses to send anyway, and says why', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'alarm', code: 'FORK' });
    visitor.client.refusals.set('resumeSending', { code: 'ERR_OFFLINE' });
    await visitor.clicks('send-anyway');
    expect(visitor.texts('error')[0]).toContain('The server can’t be reached.');
    expect(await writes(visitor)).toBe(0);
  });

  it.each([
    ['GAP', 'Messages are missing.'],
    ['REPLAY', 'a second time'],
  ] as const)('%s says what happened, lets one go on, and can be put aside', async (code, words) => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'alarm', code });
    expect(visitor.texts('alarm')[0]).toContain(words);
    expect(await writes(visitor)).toBe(1);
    await visitor.clicks('alarm-read');
    expect(visitor.sees('alarm')).toBe(false);
  });

  it.each([
    [{ code: 'FORK', by: { mid: 'aa1', name: 'Anna' } }, 'Anna has seen another one than you.'],
    [{ code: 'GAP', missing: 2, by: { mid: 'aa1', name: 'Anna' } }, '2 messages of Anna did not come.'],
    [{ code: 'STALE', cause: 'silence', since: 180_000 }, 'The last confirmation came 3 minutes ago.'],
    [{ code: 'STALE', cause: 'oldKeys', since: 180_000 }, 'It should have happened 3 minutes ago.'],
  ] as const)('say who, how many and since when: %j', async (alarm, words) => {
    const visitor = await Visitor.inARoom();
    const since = Date.UTC(2026, 4, 4, 11, 57);
    await visitor.hears({ type: 'alarm', ...alarm, ...('since' in alarm ? { since } : {}) });
    expect(visitor.texts('alarm-details')[0]).toContain(words);
  });

  it('stand together, the gravest first', async () => {
    const visitor = await Visitor.inARoom();
    for (const code of ['REPLAY', 'GAP', 'FORK'] as const) await visitor.hears({ type: 'alarm', code });
    expect(visitor.all('alarm').map((alarm) => alarm.dataset['alarm'])).toEqual(['FORK', 'GAP', 'REPLAY']);
  });
});

describe('somebody who asks to come in', () => {
  const asking = { id: 'k1', mid: 'aa9', name: 'Teal Sole', since: 0 };

  it('stands above the conversation until a member decides', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'knocking', people: [asking] });
    expect(visitor.texts('knocking')[0]).toContain('Teal Sole asks to come in.');
    await visitor.clicks('admit');
    expect(visitor.client.asked('admit')).toEqual(['k1']);
    await visitor.hears({ type: 'knocking', people: [{ ...asking, id: 'k2', name: 'Black Lynx' }] });
    expect(visitor.texts('knocking')).toHaveLength(1);
    await visitor.clicks('refuse-newcomer');
    expect(visitor.client.asked('refuse')).toEqual(['k2']);
    await visitor.hears({ type: 'knocking', people: [] });
    expect(visitor.sees('knocking')).toBe(false);
  });
});

describe('removing somebody', () => {
  it('is offered only to those who may, never for oneself, and asks first', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'members', members: [member(0, { self: true }), member(1)] });
    await visitor.hears(security({ canKick: false }));
    expect(visitor.sees('kick')).toBe(false);
    await visitor.hears(security());
    await visitor.clicks('kick');
    expect(visitor.client.asked('kick')).toEqual([]);
    await visitor.clicks('confirm-kick');
    expect(visitor.client.asked('kick')).toEqual(['aa1']);
    expect(visitor.sees('confirm-kick')).toBe(false);
  });

  it('says why it didn’t work and stays open', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'members', members: [member(0, { self: true }), member(1)] }, security());
    visitor.client.refusals.set('kick', { code: 'ERR_POLICY' });
    await visitor.clicks('kick');
    await visitor.clicks('confirm-kick');
    expect(visitor.texts('error')[0]).toContain('doesn’t let you do that');
    expect(visitor.sees('confirm-kick')).toBe(true);
  });

  it('changes the link: the address bar and every way to share follow', async () => {
    const visitor = await Visitor.inARoom();
    const first = visitor.client;
    await visitor.hears(
      { type: 'system', line: { id: 's1', at: 0, kind: 'kicked', mid: 'aa1', name: 'Eve' } },
      { type: 'system', line: { id: 's2', at: 0, kind: 'linkChanged' } },
      rotated(ANOTHER_CODE),
    );
    expect(visitor.address).toBe(`/room#1.${ANOTHER_CODE}`);
    expect(visitor.texts('invite-code')[0]).toContain('8K3F');
    expect(visitor.texts('system-line')[0]).toContain('Eve was removed');
    expect(visitor.texts('system-line')[1]).toContain('The invite link has changed.');
    expect(first.terminated).toBe(false);
  });

  it('keeps a hidden link hidden', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.clicks('hide-link');
    await visitor.hears(rotated(ANOTHER_CODE));
    expect(visitor.address).toBe('/');
    expect(visitor.client.terminated).toBe(false);
    expect(visitor.sees('composer')).toBe(true);
  });
});

describe('a message of one’s own', () => {
  it('shows one tick when the server has it and two when a member has', async () => {
    const visitor = await Visitor.inARoom();
    await visitor.hears({ type: 'message', message: aMessage({ own: true, state: 'sent' }) });
    expect(visitor.texts('message')[0]).toContain('Sent');
    await visitor.hears({ type: 'message', message: aMessage({ own: true, state: 'delivered' }) });
    expect(visitor.texts('message')[0]).toContain('Delivered');
    expect(visitor.all('message')).toHaveLength(1);
  });
});
