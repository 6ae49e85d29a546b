import { toBase64Url, type MemberEntry, type ServerToClient } from '@bytechat/protocol';
import type { StoredMember } from '@bytechat/rooms';

export type MemberState = StoredMember['state'];

/** What the members connected to this pod have been told of one another, by member id. */
export type Announced = ReadonlyMap<string, MemberState>;

export type PresenceChange =
  | { event: 'user_left'; payload: ServerToClient['user_left'] }
  | { event: 'user_joined'; payload: ServerToClient['user_joined'] };

/** What a newcomer's `room_joined` has told already. */
export function announcedByEntry(members: readonly MemberEntry[]): Map<string, MemberState> {
  return new Map(members.map(({ mid, present }) => [toBase64Url(mid), present ? 'present' : 'away']));
}

export function announcedBy(members: readonly StoredMember[]): Map<string, MemberState> {
  return new Map(members.map(({ mid, state }) => [toBase64Url(mid), state]));
}

/** What has to be said after a heartbeat. Who is new there is announced by the commit that let them in. */
export function presenceChanges(before: Announced, now: readonly StoredMember[]): PresenceChange[] {
  return now.flatMap((member) => {
    const told = before.get(toBase64Url(member.mid));
    return told === member.state ? [] : changeOf(member, told);
  });
}

function changeOf({ idx, mid, state }: StoredMember, told: MemberState | undefined): PresenceChange[] {
  switch (state) {
    case 'left':
    case 'timeout':
      return [{ event: 'user_left', payload: { kind: 'left', idx, mid, reason: state } }];
    case 'away':
      return told === undefined ? [] : [{ event: 'user_left', payload: { kind: 'away', idx, mid } }];
    case 'present':
      return told === undefined ? [] : [{ event: 'user_joined', payload: { kind: 'present', idx, mid } }];
  }
}
