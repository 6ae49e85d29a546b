import { itemHash } from '../transcript.ts';
import { type Member, type Room, wordsOf } from './room.ts';

/** The item hashes a newcomer needs, as an honest server has them. */
export function hashesFor({ group }: Member, room: Room) {
  const { from, to } = group.historyRange ?? { from: 1, to: 0 };
  return Promise.all(room.items.slice(from - 1, to).map(itemHash));
}

/** All that a newcomer can read of the time before it came, oldest first. */
export async function readPast(member: Member, room: Room): Promise<string[]> {
  await member.group.proveHistory(await hashesFor(member, room));
  const read: string[] = [];
  for (const seq of member.group.historySeqs) {
    read.push(wordsOf((await member.group.openHistory(seq, room.item(seq))).content));
  }
  return read;
}
