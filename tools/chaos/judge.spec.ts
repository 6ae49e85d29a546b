import { describe, expect, it } from '@jest/globals';
import { judge, type Evidence } from './judge.ts';
import { RunRecord } from './people/run-record.ts';
import type { Talker } from './people/talker.ts';

describe('a run of chaos', () => {
  it('passes when enough happened and nothing is wrong', () => {
    expect(judge(evidence()).failures).toEqual([]);
    expect(judge(evidence()).pass).toBe(true);
  });

  it.each<[string, Partial<Evidence>, string]>([
    ['no fault was injected', { injected: 0 }, 'Only 0 faults were injected.'],
    ['too few were', { injected: 2 }, 'Only 2 faults were injected.'],
    ['too few messages were acknowledged', { settings: { ...wanted(), acked: 2 } }, 'Only 1 messages'],
    ['it did not come to rest', { isSettled: false }, 'It did not come to rest'],
    ['a gateway ended by itself', { crashes: ['pod1: boom'] }, 'A gateway ended by itself. pod1: boom'],
    ['a log could not be read', { unread: ['pod1: no'] }, 'pod1: no'],
    ['a send was shown as failed', { talkers: [talker({ unsent: [['ERR_BUSY', 1]] })] }, 'ERR_BUSY'],
    ['somebody was told of a gap', { talkers: [talker({ told: [['gap', 1]] })] }, 'gap'],
    ['a room ended', { talkers: [talker({ ended: 'ROOM_GONE' })] }, 'ROOM_GONE'],
  ])('fails when %s', (_name, change, words) => {
    const { pass, failures } = judge({ ...evidence(), ...change });
    expect(pass).toBe(false);
    expect(failures.join(' ')).toContain(words);
  });

  it('fails when somebody did not see what was acknowledged', () => {
    const given = evidence();
    given.record.add({ type: 'presence', process: 'b', room: 'r', state: 'in', generation: 1, seq: 0 });
    const { pass, anomalies } = judge(given);
    expect(pass).toBe(false);
    expect(anomalies['lost-write']).toBe(1);
  });

  it('lets rooms end where the fault ends them', () => {
    const fault = { ...evidence().fault, endsRooms: true };
    expect(judge({ ...evidence(), fault, talkers: [talker({ ended: 'ROOM_GONE' })] }).pass).toBe(true);
  });
});

function wanted(): Evidence['settings'] {
  return { seed: 1, acked: 1, injections: 3 };
}

function evidence(): Evidence {
  const record = new RunRecord();
  record.add({ type: 'presence', process: 'a', room: 'r', state: 'in', generation: 1, seq: 0 });
  record.add({ type: 'send', process: 'a', room: 'r', id: 'x' });
  record.add({ type: 'ok', process: 'a', room: 'r', id: 'x', generation: 1, seq: 1 });
  const fault = { id: 'F0', title: 'nothing', everyMs: 1, inject: async () => 1 };
  return {
    ...{ fault, record, settings: wanted(), loadEnd: 3, delivered: 0, injected: 3 },
    ...{ talkers: [talker({})], isSettled: true, unread: [], crashes: [] },
  };
}

interface Told {
  unsent?: [string, number][];
  told?: [string, number][];
  ended?: string;
}

function talker({ unsent = [], told = [], ended }: Told): Evidence['talkers'][number] {
  const seen: Pick<Talker, 'unsent' | 'told' | 'ended' | 'absences' | 'pending'> = {
    ...{ unsent: new Map(unsent), told: new Map(told), ended, absences: [], pending: 0 },
  };
  return seen;
}
