import type { ChatMessage, Member, RoomEvent } from '@bytechat/client';
import { aMessage, A_ROOM, AN_INVITATION, SAFE, type FakeRoomClient } from '../testing/fake-room-client.ts';
import { filesSent } from './files-scene.ts';
import { aPicture } from './picture.ts';

const MINUTE = 60_000;

const PEOPLE: readonly Member[] = [
  { mid: '0001aa', idx: 0, name: 'Quiet Heron', self: false, owner: true, present: true },
  { mid: '0002bb', idx: 1, name: 'Amber Fox', self: true, owner: false, present: true },
  { mid: '0004cc', idx: 2, name: 'Łukasz', self: false, owner: false, present: true },
  { mid: '0005dd', idx: 3, name: 'Velvet Otter', self: false, owner: false, present: false },
];

const DIGITS = '30035 44776 92869 39689 28698 76765 45825 75691 62576 84344 09180 79131';

const TALK: readonly [speaker: number, text: string][] = [
  [0, 'Morning! Is everybody in?'],
  [1, 'Yes. Sharing the draft in a minute.'],
  [2, 'Here too. I only have my phone, so please keep it short.'],
  [0, 'Short it is. Two questions:\n1. Who talks to the landlord?\n2. Do we sign on Thursday?'],
  [1, 'I can do the landlord.'],
  [1, 'Thursday works. The key code is 4471, it changes tonight.'],
  [2, 'Perfect 👍'],
  [
    0,
    'One more thing: the second page of the contract still names the old address. I would ask them to correct it before anybody signs, otherwise we carry it along for two years.',
  ],
  [1, 'Good catch. I’ll call them.'],
];

/** Makes a fake client live through one scene as soon as somebody enters. */
export function playScene(scene: string, client: FakeRoomClient): FakeRoomClient {
  if (scene === 'password') client.room = { ...A_ROOM, password: true };
  if (scene === 'crowded') client.room = { ...A_ROOM, members: A_ROOM.capacity };
  if (scene === 'gone') client.room = { ...A_ROOM, exists: false, members: 0 };
  if (scene === 'gate') {
    client.room = { ...A_ROOM, password: true };
    client.refusals.set('join', { code: 'ERR_GATE' });
  }
  if (scene === 'rate') client.refusals.set('create', { code: 'ERR_RATE', retryAfterMs: 42_000 });
  client.safe = {
    ...SAFE,
    members: PEOPLE.map(({ mid }) => ({ mid, fingerprint: DIGITS, verified: false })),
  };
  client.file = aPicture();
  client.invitation = { ...AN_INVITATION, hasPassword: scene === 'busy' };
  const enter = client.create.bind(client);
  const come = client.join.bind(client);
  client.create = async (options) => played(scene, client, await enter(options));
  client.join = async (options) => played(scene, client, await come(options));
  return client;
}

function played<T>(scene: string, client: FakeRoomClient, value: T): T {
  setTimeout(() => client.emit(...eventsOf(scene)));
  return value;
}

function eventsOf(scene: string): readonly RoomEvent[] {
  const online: RoomEvent = { type: 'connection', connection: { state: 'online' } };
  switch (scene) {
    case 'waiting':
      return [online, { type: 'membership', membership: { step: 'waiting', since: Date.now() } }];
    case 'unanswered':
      return [online, { type: 'membership', membership: { step: 'unanswered' } }];
    case 'lost':
      return [
        ...busy(),
        { type: 'connection', connection: { state: 'waiting', attempt: 3, retryAt: Date.now() + 12_000 } },
      ];
    case 'attempts':
      return [...busy(), { type: 'connection', connection: { state: 'closed', code: 'ATTEMPTS' } }];
    case 'expired':
      return [...busy(), { type: 'connection', connection: { state: 'closed', code: 'EXPIRED' } }];
    case 'fork':
      return [...busy(), { type: 'alarm', code: 'FORK', by: { mid: '0009ff', name: 'Łukasz' } }];
    case 'soon':
      return [
        ...busy(),
        { type: 'alarm', code: 'GAP', missing: 2, by: { mid: '0009ff', name: 'Łukasz' } },
        { type: 'notice', code: 'EXPIRING' },
      ];
    case 'stale':
      return [
        ...busy(),
        { type: 'alarm', code: 'STALE', cause: 'silence', since: Date.now() - 95_000 },
        { type: 'alarm', code: 'REPLAY' },
      ];
    case 'kicked':
      return [
        ...busy(),
        line({ id: 's5', kind: 'sameName', mid: '0009ff', name: 'Łukasz' }),
        line({ id: 's6', kind: 'kicked', mid: '0009ff', name: 'Łukasz' }),
        line({ id: 's7', kind: 'linkChanged' }),
      ];
    case 'discussion':
      return discussion();
    case 'own words':
      return [
        ...entered(PEOPLE),
        said(1, 'Thursday works. The key code is 4471.', 'o1', Date.now() - MINUTE),
      ];
    case 'files':
      return [...entered(PEOPLE), ...filesSent([PEOPLE[0]!, PEOPLE[1]!, PEOPLE[2]!])];
    case 'full':
      return [...entered(PEOPLE), ...many()];
    case 'empty':
    case 'rate':
      return [...entered(PEOPLE.slice(1, 2)), line({ id: 's0', kind: 'founded' })];
    default:
      return busy();
  }
}

function entered(members: readonly Member[]): RoomEvent[] {
  return [
    { type: 'connection', connection: { state: 'online' } },
    {
      type: 'invitation',
      invitation: { ...AN_INVITATION, hasPassword: true },
      options: { suite: 2, history: 1, ttlSeconds: 3_600, max: 1_000 },
    },
    {
      type: 'security',
      security: {
        epoch: 4,
        history: 1,
        ttlSeconds: 3_600,
        inSync: { members: members.length - 1, of: members.length - 1, lastProofAt: Date.now() - 12_000 },
        verified: { members: 0, of: members.length - 1 },
        canKick: true,
        suite: 2,
      },
    },
    { type: 'membership', membership: { step: 'active', epoch: 4, foundedAnew: false } },
    { type: 'members', members: [...members] },
  ];
}

function busy(): RoomEvent[] {
  const start = Date.now() - 58 * MINUTE;
  return [
    ...entered(PEOPLE),
    line({ id: 's1', kind: 'founded' }),
    line({ id: 's2', kind: 'joined', mid: '0001aa', name: 'Quiet Heron' }),
    line({ id: 's3', kind: 'joined', mid: '0004cc', name: 'Łukasz' }),
    ...TALK.map(([speaker, text], at) => said(speaker, text, `t${at}`, start + at * 6 * MINUTE)),
    line({ id: 's4', kind: 'timeout', mid: '0005dd', name: 'Velvet Otter' }),
    said(1, 'Calling now.', 'p1', Date.now() - MINUTE, 'failed'),
    said(1, 'They say Thursday is fine.', 'p2', Date.now(), 'sending'),
  ];
}

/** People who answer, react, correct and take back, and one who types. */
function discussion(): RoomEvent[] {
  const start = Date.now() - 20 * MINUTE;
  const [heron, , łukasz] = PEOPLE.map(({ mid, name }) => ({ mid, name }));
  const talk: readonly [speaker: number, text: string, changes?: Partial<ChatMessage>][] = [
    [
      0,
      'Who brings the **key** tomorrow? Somebody has to be there at nine, and the caretaker leaves at ten.',
      {
        reactions: [{ emoji: '👀', own: false, by: [łukasz!] }],
      },
    ],
    [
      1,
      'I can be there at nine.',
      {
        replyTo: { id: 'd0' },
        reactions: [
          { emoji: '👍', own: false, by: [heron!, łukasz!] },
          { emoji: '🎉', own: true, by: [heron!, { mid: '0002bb', name: 'Amber Fox' }] },
        ],
        state: 'delivered',
      },
    ],
    [2, '', { deleted: true }],
    [2, 'Sorry, wrong room. Half past nine for me.', { replyTo: { id: 'd1' }, edited: true }],
    [0, 'What did the first one say?', { replyTo: { id: 'd2' } }],
    [1, 'The code is 4471.', { edited: true, state: 'delivered' }],
    [0, 'Noted.', { replyTo: {}, reactions: [{ emoji: '❤️', own: true, by: [łukasz!] }] }],
  ];
  return [
    ...entered(PEOPLE),
    line({ id: 's1', kind: 'founded' }),
    ...talk.map(([speaker, text, changes], at) => {
      const { mid, name, self } = PEOPLE[speaker]!;
      const sentAt = start + at * 2 * MINUTE;
      const message = aMessage({ id: `d${at}`, mid, name, own: self, text, sentAt, ...changes });
      return { type: 'message', message } as const;
    }),
    { type: 'typing', mids: ['0001aa'] },
  ];
}

function many(): RoomEvent[] {
  const start = Date.now() - 50 * MINUTE;
  return Array.from({ length: 512 }, (_, at) =>
    said(at % 3, `Message number ${at + 1}`, `n${at}`, start + at * 5_000),
  );
}

function said(
  speaker: number,
  text: string,
  id: string,
  sentAt: number,
  state: ChatMessage['state'] = 'sent',
): RoomEvent {
  const { mid, name, self } = PEOPLE[speaker]!;
  const message = aMessage({ id, mid, name, own: self, text, sentAt, state });
  return { type: 'message', message: state === 'failed' ? { ...message, error: 'ERR_TOO_LARGE' } : message };
}

type Line = Extract<RoomEvent, { type: 'system' }>['line'];
type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

const line = (content: WithoutTime<Line>): RoomEvent => ({
  type: 'system',
  line: { ...content, at: Date.now() - 59 * MINUTE },
});
