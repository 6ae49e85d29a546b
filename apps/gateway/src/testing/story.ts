import type { Bytes, RemoveReason, ServerToClient } from '@bytechat/protocol';
import {
  commitFrame,
  envelope,
  newPerson,
  OPTIONS,
  random,
  resumeSignature,
  type Person,
  type TestRoom,
} from './person.ts';
import { PRESENT, type Answer, type TestClient } from './test-client.ts';

/** The steps that stories are told in: each is what a real client sends, with stand-ins for the secrets. */

export const createRequest = ({ rid, gate }: TestRoom): object => ({
  v: 1,
  op: 'create',
  rid,
  gate,
  options: OPTIONS,
});

export const joinRequest = ({ rid, gate }: TestRoom, { kp }: Person): object => ({
  v: 1,
  op: 'join',
  rid,
  gate,
  kp,
});

export const sendRequest = (epoch: number, generation = PRESENT, env: Bytes = envelope(epoch)): object => ({
  cid: random(16),
  generation,
  env,
});

export function resumeRequest(client: TestClient, room: TestRoom, person: Person): object {
  return {
    v: 1,
    op: 'resume',
    rid: room.rid,
    mid: person.mid,
    from: { generation: PRESENT, seq: 0 },
    sig: resumeSignature(person, client.challenge, room),
  };
}

export const foundRequest = ({ kp }: Person, expectGeneration = PRESENT): object => ({
  kind: 'found',
  expectGeneration,
  gid: random(32),
  kp,
  params: random(16),
});

/** Throws when a step that must succeed was refused. */
export function accepted(answer: Answer): Extract<Answer, { ok: true }> {
  if (!answer.ok) throw new Error(`Refused: ${answer.error.code}`);
  return answer;
}

/** Makes a room and founds its group. */
export async function found(client: TestClient, room: TestRoom): Promise<Person> {
  const person = newPerson(room);
  accepted(await client.emit('join_room', createRequest(room)));
  accepted(await client.emit('share_session_key', foundRequest(person)));
  return person;
}

/** Asks to come in. */
export async function knock(client: TestClient, room: TestRoom): Promise<Person> {
  const person = newPerson(room);
  accepted(await client.emit('join_room', joinRequest(room, person)));
  return person;
}

export interface Commit {
  epoch: number;
  adds?: { person: Person; idx: number }[];
  removes?: { idx: number; reason: RemoveReason }[];
  /** The next invite. */
  rotate?: TestRoom;
  /** Slots that get a wrap; makes the commit a rekey. */
  wrapsFor?: number[];
}

/** Stages and makes a commit; answers with its acknowledgement. */
export async function commit(
  client: TestClient,
  { epoch, adds = [], removes = [], wrapsFor, rotate }: Commit,
): Promise<Answer> {
  const { frame, commitId } = commitFrame(epoch);
  const secret = (): { wrap: Bytes; tag: Bytes } => ({ wrap: random(304), tag: random(16) });
  accepted(
    await client.emit('share_session_key', {
      kind: 'stage',
      commitId,
      wraps: (wrapsFor ?? []).map((idx) => ({ idx, ...secret() })),
      welcomes: adds.map(({ person, idx }) => ({ kph: person.kph, idx, ...secret() })),
      ...(adds.length === 0 ? {} : { groupInfo: { part: 0, bytes: random(500) } }),
    }),
  );
  return client.emit('share_session_key', {
    kind: 'commit',
    expectEpoch: epoch,
    commitId,
    frame,
    rekey: wrapsFor !== undefined,
    adds: adds.map(({ person, idx }) => ({ kph: person.kph, idx })),
    removes,
    groupInfoParts: adds.length === 0 ? 0 : 1,
    ...(rotate === undefined ? {} : { rotate: { rid: rotate.rid, gate: rotate.gate } }),
  });
}

/** A newcomer knocks and the member lets it in at this slot. */
export async function letIn(
  member: TestClient,
  newcomer: TestClient,
  room: TestRoom,
  at: { epoch: number; idx: number },
): Promise<Person> {
  const person = await knock(newcomer, room);
  await member.next('user_joined', ({ kind }) => kind === 'pending');
  accepted(await commit(member, { epoch: at.epoch, adds: [{ person, idx: at.idx }] }));
  await newcomer.next('session_key_received', ({ kind }) => kind === 'welcome');
  return person;
}

/** The next hint of a message that this client gets. */
export const message = (client: TestClient): Promise<ServerToClient['new_message']> =>
  client.next('new_message');
