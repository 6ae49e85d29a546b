import type { Member } from '@bytechat/client';

/** A connection that comes back this soon was never away, in ms. */
const GRACE_MS = 10_000;

/** Since when those who were here and are not have been away, by member id. Whoever was never seen here is missing. */
export type AwaySince = ReadonlyMap<string, number>;

/** What the news of the members mean for it. */
export function withMembers(
  since: AwaySince,
  before: readonly Member[],
  members: readonly Member[],
  now: number,
): AwaySince {
  const wasHere = new Set(before.filter(({ present }) => present).map(({ mid }) => mid));
  const away = members.filter(({ present }) => !present);
  return new Map(
    away.flatMap(({ mid }) => {
      const at = since.get(mid) ?? (wasHere.has(mid) ? now : undefined);
      return at === undefined ? [] : [[mid, at] as const];
    }),
  );
}

/** The members as one should see them: away only once that has lasted. */
export function calmly(members: readonly Member[], since: AwaySince, now: number): readonly Member[] {
  return members.map((member) => {
    const at = since.get(member.mid);
    return !member.present && at !== undefined && now - at < GRACE_MS ? { ...member, present: true } : member;
  });
}
