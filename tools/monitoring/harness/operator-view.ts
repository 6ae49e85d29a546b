import { randomBytes } from 'node:crypto';
import Redis from 'ioredis';
import { Participant, startRedis } from '@bytechat/testing';
import { eventually } from '../../containers/harness/eventually.ts';
import { GatewayProcess } from '../../e2e/harness/gateway-process.ts';
import { everythingIn, type Stored } from './stored.ts';

/** What two people do, and what nobody but them may know. */
export const SECRETS = {
  'Ada’s name': 'Ada Lovelace',
  'Ben’s name': 'Benjamin Disraeli',
  'the password': 'a swordfish in the library',
  'the first message': 'The meeting is on Thursday at nine.',
  'the second message': 'I will bring the drawings.',
};

const PRESENCE_S = 330;
const ROOM_S = 4_000;

/** A kind of key, by the last part of its name (libs/rooms/src/redis/keys.ts). */
interface Kind {
  type: 'hash' | 'zset' | 'stream' | 'string';
  /** How long it lives at most after it was last touched. */
  seconds: number;
  meaning: string;
}

const hash = (seconds: number, meaning: string): Kind => ({ type: 'hash', seconds, meaning });
const zset = (seconds: number, meaning: string): Kind => ({ type: 'zset', seconds, meaning });
const stream = (seconds: number, meaning: string): Kind => ({ type: 'stream', seconds, meaning });
const counter = (meaning: string): Kind => ({ type: 'string', seconds: 60, meaning });

const OF_A_ROOM: Readonly<Record<string, Kind>> = {
  meta: hash(
    ROOM_S,
    'The room: its id, its options, how far it is (generation, epoch, position), when it was made and ends, under which hash its maker’s address counts, and a keyed hash that link and password are compared with',
  ),
  entitled: zset(ROOM_S, 'Which connection may found the group'),
  members: hash(
    PRESENCE_S,
    'One record for each member: a number of 16 random bytes, the slot, the hash of its public keys, times',
  ),
  slots: hash(PRESENCE_S, 'Which member has which slot'),
  leases: zset(PRESENCE_S, 'When each member was last there'),
  acts: hash(PRESENCE_S, 'When each member last did something'),
  rates: hash(PRESENCE_S, 'When each member may send again'),
  pending: hash(PRESENCE_S, 'Public keys of newcomers that nobody has let in yet'),
  log: stream(PRESENCE_S, 'The messages: sealed, and padded to one of seven sizes; names are among them'),
  commits: stream(PRESENCE_S, 'The changes of keys: public keys, and secrets sealed for members'),
  hashes: stream(PRESENCE_S, 'Hashes of all items, to tell gaps by'),
  answers: hash(PRESENCE_S, 'What was answered to a change of keys, so that it can be repeated'),
  ids: hash(PRESENCE_S, 'What was answered to a message, so that it can be repeated'),
  envelopes: hash(PRESENCE_S, 'Hashes of the messages, so that none is stored twice'),
  seen: stream(PRESENCE_S, 'What to forget of the last two, and when'),
  updates: hash(PRESENCE_S, 'The newest public keys of each slot'),
  wraps: hash(PRESENCE_S, 'What lets a newcomer in: its welcome and the roster, sealed for its keys'),
  stage: hash(PRESENCE_S, 'Parts of a change of keys that is being handed in'),
};

const OF_AN_ADDRESS: Readonly<Record<string, Kind>> = {
  rooms: zset(ROOM_S, 'Rooms that it has made'),
  sockets: zset(60, 'Connections that it has open'),
  handshake: counter('Connections that it may still open in this minute'),
  join: counter('Rooms that it may still enter in this minute'),
  info: counter('Looks at rooms that it may still take in this minute'),
};

const SALTS = hash(2 * 86_400, 'Salts of the hashes of addresses, new every day');

/** Every kind of key by the name that the page gives it. */
const KINDS: Readonly<Record<string, Kind>> = {
  ...named(OF_A_ROOM, (part) => `bc:{<rid>}:${part}`),
  ...named(OF_AN_ADDRESS, (part) => `bc:{<shard>}:${part}:<address>`),
  'bc:{salts}:salts': SALTS,
};

function named(kinds: Readonly<Record<string, Kind>>, name: (part: string) => string): Record<string, Kind> {
  return Object.fromEntries(Object.entries(kinds).map(([part, kind]) => [name(part), kind]));
}

/** Everything that Redis holds while two people talk in a room with a password. */
export async function holdsOfARoom(): Promise<Stored[]> {
  const redis = await startRedis();
  const gateway = await GatewayProcess.start({
    BYTECHAT_REDIS_URL: redis.url,
    BYTECHAT_SECRET_KEY: randomBytes(32).toString('hex'),
    BYTECHAT_DRAIN_SECONDS: '0',
  });
  const people = [1, 2].map(() => new Participant({ endpoint: { url: gateway.origin } })) as [
    Participant,
    Participant,
  ];
  const client = new Redis(redis.url);
  try {
    await talk(people);
    return await everythingIn(client);
  } finally {
    client.disconnect();
    await Promise.all(people.map((person) => person.client.leave()));
    await gateway.kill();
    await redis.stop();
  }
}

async function talk([ada, ben]: [Participant, Participant]): Promise<void> {
  const password = SECRETS['the password'];
  const { code } = await ada.client.create({ name: SECRETS['Ada’s name'], password });
  await ben.client.join({ code, name: SECRETS['Ben’s name'], password });
  await isSo(() => ada.active && ben.active && ada.members.length === 2);
  await ada.client.send(SECRETS['the first message']);
  await isSo(() => ben.texts.length === 1);
  await ben.client.send(SECRETS['the second message']);
  await isSo(() => ada.texts.length === 2);
}

const isSo = (what: () => boolean): Promise<boolean> =>
  eventually(
    async () => what(),
    (answer) => answer,
  );

/** What is wrong with the page, given what is there: a key that it doesn't list, or lists otherwise. */
export function notAsShown(stored: readonly Stored[]): string[] {
  return stored.flatMap(({ key, type, ttlSeconds }) => {
    const kind = KINDS[nameOf(key)];
    if (kind === undefined) return [`${nameOf(key)} is not listed`];
    if (type !== kind.type) return [`${nameOf(key)} is a ${type}`];
    return ttlSeconds >= 0 && ttlSeconds <= kind.seconds ? [] : [`${nameOf(key)} lives for ${ttlSeconds} s`];
  });
}

/** A key as the page names it: without what is different in each run. */
function nameOf(key: string): string {
  return key
    .replace(/\{[\w-]{22}\}/, '{<rid>}')
    .replace(/\{[0-9a-f]{2}\}/, '{<shard>}')
    .replace(/:[0-9a-f]{2}\.[\w-]+$/, ':<address>')
    .replace(/:(wraps|stage):.*$/, ':$1');
}

/** The page, but for the example. */
export function operatorView(): string {
  const rows = Object.entries(KINDS).map(
    ([name, { type, seconds, meaning }]) => `| \`${name}\` | ${type} | ${inWords(seconds)} | ${meaning} |`,
  );
  return [
    '# What an operator sees of a conversation',
    '',
    'Two people make a room with a password, give themselves names and say one sentence each. These are the keys that Redis may hold',
    'then: all that a gateway knows of them for longer than a moment. Written by `node tools/monitoring/write-operator-view.ts`.',
    'The test of [What Redis holds of a conversation](../tools/monitoring/operator-view.spec.ts) talks anew over a real Redis and',
    '[finds no key that is not listed here, and none that lives longer](../tools/monitoring/operator-view.spec.ts). It searches every byte of',
    'every key, and [has nothing of %s, in whatever form](../tools/monitoring/operator-view.spec.ts): of names, password and sentences.',
    '',
    '| Key | Type | Lives at most | What it is |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '`<rid>` is the id of the room, derived from the link by a way that leads nowhere back. `<shard>` and `<address>` are keyed',
    'hashes of an address, with a salt of the day. Attachments add `blobs` and `blob:…`, sealed like messages.',
    '',
  ].join('\n');
}

/** The newest message as it lies in Redis. */
export function example(stored: readonly Stored[]): string {
  const log = stored.find(({ key }) => key.endsWith(':log'))?.parts.at(-1);
  if (!log) throw new Error('There is no message.');
  const lines = log.toString('hex').match(/.{1,64}/g) ?? [];
  return [
    'The newest message of one such conversation, as it lay there:',
    '',
    '```text',
    ...lines,
    '```',
    '',
  ].join('\n');
}

const inWords = (seconds: number): string =>
  ({
    [60]: 'a minute',
    [PRESENCE_S]: '5½ minutes',
    [ROOM_S]: 'an hour, and a little',
    [SALTS.seconds]: '2 days',
  })[seconds] ?? `${seconds} s`;
