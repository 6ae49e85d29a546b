import { createHash, randomBytes } from 'node:crypto';
import { MAX_ADDS_PER_COMMIT, PROTOCOL_VERSION, type Bytes } from '@bytechat/protocol';
import { GatewayConnection, MESSAGE_BYTES, type Counter, type Member } from './member.ts';

/*
 * Rooms of a gateway with stand-ins for BC/1: right lengths and clear headers, random bytes where a server can't look. The
 * gateway does with them all that it does with real ones.
 */

const random = (length: number): Bytes => Uint8Array.from(randomBytes(length));
const sha256 = (bytes: Uint8Array): Bytes => Uint8Array.from(createHash('sha256').update(bytes).digest());
const OPTIONS = { suite: 2, kdf: 0, iter: 0, maxima: { ttl_s: 60, max: 1_000 } };

/** Its point is on no curve: a server looks at it only when somebody comes back. */
function keyPackage(rid: Bytes): Bytes {
  const kp = random(573);
  kp.set([1, 0, 2], 0);
  kp.set(rid, 3);
  kp.set([0, 0], 19);
  kp.set([0, 65, 4], 45);
  return kp;
}

function headed(length: number, type: number, epoch: number): Bytes {
  const bytes = random(length);
  bytes.set([1, 0, 2, type], 0);
  new DataView(bytes.buffer).setUint32(4, epoch);
  return bytes;
}

/** A room with so many members, spread over the ports in turn. */
export async function gatewayRoom(
  ports: readonly number[],
  size: number,
  counter: Counter,
): Promise<Member[]> {
  const room = { rid: random(16), gate: random(32) };
  const founder = await GatewayConnection.open(ports[0]!, counter);
  const generation = await foundedBy(founder, room);
  const connections = [founder];
  for (let epoch = 0; connections.length < size; epoch++) {
    const count = Math.min(MAX_ADDS_PER_COMMIT, size - connections.length);
    // Each time another member lets people in: the server bounds how often one may.
    const newcomers = Array.from(
      { length: count },
      (_, i) => ports[(connections.length + i) % ports.length]!,
    );
    connections.push(
      ...(await letIn(founder, room, newcomers, { epoch, first: connections.length, counter })),
    );
  }
  const epoch = Math.ceil((size - 1) / MAX_ADDS_PER_COMMIT);
  return connections.map((connection) => memberOf(connection, generation, epoch));
}

async function foundedBy(founder: GatewayConnection, room: { rid: Bytes; gate: Bytes }): Promise<number> {
  const joined = founder.next('room_joined');
  await founder.emit('join_room', { v: PROTOCOL_VERSION, op: 'create', ...room, options: OPTIONS });
  const { head } = (await joined) as { head: { generation: number } };
  const founded = await founder.emit('share_session_key', {
    ...{ kind: 'found', expectGeneration: head.generation, gid: random(32) },
    ...{ kp: keyPackage(room.rid), params: random(16) },
  });
  return Number(founded['generation']);
}

async function letIn(
  member: GatewayConnection,
  { rid, gate }: { rid: Bytes; gate: Bytes },
  ports: readonly number[],
  { epoch, first, counter }: { epoch: number; first: number; counter: Counter },
): Promise<GatewayConnection[]> {
  const newcomers = await Promise.all(ports.map((port) => GatewayConnection.open(port, counter)));
  const kps = newcomers.map(() => keyPackage(rid));
  await Promise.all(
    newcomers.map((newcomer, i) =>
      newcomer.emit('join_room', { v: PROTOCOL_VERSION, op: 'join', rid, gate, kp: kps[i] }),
    ),
  );
  const frame = headed(200, 0x10, epoch);
  const commitId = sha256(frame);
  const adds = kps.map((kp, i) => ({ kph: sha256(kp.subarray(0, 541)), idx: first + i }));
  await member.emit('share_session_key', {
    kind: 'stage',
    commitId,
    wraps: [],
    welcomes: adds.map((add) => ({ ...add, wrap: random(304), tag: random(16) })),
    groupInfo: { part: 0, bytes: random(500) },
  });
  const welcomed = newcomers.map((newcomer) => newcomer.next('session_key_received'));
  await member.emit('share_session_key', {
    ...{ kind: 'commit', expectEpoch: epoch, commitId, frame, rekey: false },
    ...{ adds, removes: [], groupInfoParts: 1 },
  });
  await Promise.all(welcomed);
  return newcomers;
}

function memberOf(connection: GatewayConnection, generation: number, epoch: number): Member {
  connection.isCounting = true;
  return {
    send: async () => {
      await connection.emit('send_message', {
        cid: random(16),
        generation,
        env: headed(MESSAGE_BYTES, 0x20, epoch),
      });
    },
    close: () => connection.close(),
  };
}
