import { describe, expect, it } from '@jest/globals';
import { Encoder, MAX_FRAME_BYTES, parseClientEvent, type Acknowledgement } from '@bytechat/protocol';
import type { PreparedCommit } from '@bytechat/crypto';
import type { Link } from '../connection.ts';
import { groupInfoParts, stagesOf, submit } from './committer.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) % 251);
const wrap = (idx: number) => ({ idx, wrap: bytes(304), tag: bytes(16) });

/** The largest commits there are: a rekey of a full room, or 32 newcomers with its roster in the group info. */
function prepared({ wraps = 0, adds = 0, groupInfo = 0 }): PreparedCommit {
  return {
    commitId: bytes(32),
    frame: bytes(600),
    rekey: wraps > 0,
    expectEpoch: 3,
    wraps: Array.from({ length: wraps }, (_, idx) => wrap(idx)),
    welcomes: Array.from({ length: adds }, (_, idx) => ({ ...wrap(idx), kph: bytes(32) })),
    groupInfo: groupInfo > 0 ? bytes(groupInfo) : undefined,
    adds: Array.from({ length: adds }, (_, idx) => ({ kph: bytes(32), idx })),
    removes: [],
  };
}

describe('a commit on its way', () => {
  const largest = [prepared({ wraps: 999 }), prepared({ adds: 32, groupInfo: 110_000 })];

  it.each(largest)('is staged in events that fit into a frame and follow the schema', (commit) => {
    const encoder = new Encoder();
    for (const stage of stagesOf(commit)) {
      const data = ['share_session_key', stage];
      expect(encoder.encode({ type: 2, nsp: '/', data, id: 1 })[0]!.length).toBeLessThan(MAX_FRAME_BYTES);
      expect(parseClientEvent('share_session_key', stage).ok).toBe(true);
    }
  });

  it('is staged whole', () => {
    const [rekey, joins] = largest as [PreparedCommit, PreparedCommit];
    expect(stagesOf(rekey).flatMap(({ wraps }) => wraps)).toEqual(rekey.wraps);
    expect(stagesOf(joins).flatMap(({ welcomes }) => welcomes)).toEqual(joins.welcomes);
    const parts = stagesOf(joins).flatMap(({ groupInfo }) => (groupInfo ? [groupInfo] : []));
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index));
    expect(Buffer.concat(parts.map((part) => part.bytes))).toEqual(Buffer.from(joins.groupInfo!));
    expect(groupInfoParts(undefined)).toEqual([]);
  });

  it('goes no further when a part is refused, and tells a lost race from a refusal', async () => {
    const sent: string[] = [];
    const link = (answerTo: (kind: string) => Acknowledgement): Link => ({
      id: 1,
      challenge: bytes(32),
      request: async (_event, payload) => {
        const { kind } = payload as { kind: string };
        sent.push(kind);
        return answerTo(kind);
      },
    });
    const refused = link(() => ({ ok: false, error: { code: 'ERR_NOT_MEMBER', message: '' } }));
    expect(await submit(refused, largest[0]!)).toMatchObject({ kind: 'refused', code: 'ERR_NOT_MEMBER' });
    expect(sent).toEqual(['stage']);
    const lost = link((kind) =>
      kind === 'commit' ? { ok: false, error: { code: 'ERR_EPOCH_STALE', message: '' } } : { ok: true },
    );
    expect(await submit(lost, largest[0]!)).toEqual({ kind: 'lost' });
    const won = link((kind) => (kind === 'commit' ? { ok: true, generation: 1, seq: 8 } : { ok: true }));
    expect(await submit(won, largest[0]!)).toEqual({ kind: 'won', generation: 1, seq: 8 });
  });
});
