import type { WireErrorCode } from '@bytechat/protocol';
import { RoomError, type Rooms } from '@bytechat/rooms';
import { overriding } from '../around.ts';
import type { LabelsOf, Metrics } from './metrics.ts';

type Reason = LabelsOf<'bytechat_auth_failures_total'>['reason'];

const WRONG_ENTRY: Partial<Record<WireErrorCode, Reason>> = {
  ERR_GATE: 'gate',
  ERR_LOCKED: 'locked',
  ERR_ROOM_NOT_FOUND: 'no_room',
};
const WRONG_RESUME: Partial<Record<WireErrorCode, Reason>> = {
  ERR_NOT_MEMBER: 'resume',
  ERR_ROOM_NOT_FOUND: 'no_room',
};

/** The rules, with what comes of their answers counted. */
export function measuredRooms(rooms: Rooms, metrics: Metrics): Rooms {
  const entering = async <T>(
    entry: Promise<T>,
    reasons: Partial<Record<WireErrorCode, Reason>>,
  ): Promise<T> => {
    try {
      return await entry;
    } catch (error) {
      const reason = error instanceof RoomError ? reasons[error.code] : undefined;
      if (reason !== undefined) metrics.count('bytechat_auth_failures_total', { reason });
      throw error;
    }
  };
  /** What these find in the log did not reach them as it should have. */
  const caughtUp = new WeakSet<Parameters<Rooms['sync']>[0]>();
  return overriding(rooms, {
    join: (caller, request) => entering(rooms.join(caller, request), WRONG_ENTRY),
    resume: (caller, request) => entering(rooms.resume(caller, request), WRONG_RESUME),
    found: async (seat, request) => {
      const founded = await rooms.found(seat, request);
      if (!founded.first) metrics.count('bytechat_generation_changes_total', {});
      return founded;
    },
    commit: async (seat, request) => {
      const outcome = await rooms.commit(seat, request);
      if (outcome.news === undefined) metrics.count('bytechat_duplicates_suppressed_total', {});
      else metrics.count('bytechat_epoch_changes_total', {});
      return outcome;
    },
    send: async (seat, request) => {
      try {
        const outcome = await rooms.send(seat, request);
        const result = outcome.hint === undefined ? 'repeated' : 'stored';
        metrics.count('bytechat_messages_published_total', { result });
        if (result === 'repeated') metrics.count('bytechat_duplicates_suppressed_total', {});
        return outcome;
      } catch (error) {
        const result = error instanceof RoomError ? error.code : 'ERR_BUSY';
        metrics.count('bytechat_messages_published_total', { result });
        throw error;
      }
    },
    sync: async (seat, from) => {
      const page = await rooms.sync(seat, from);
      if (caughtUp.has(seat) && page.recovered && page.items.length > 0)
        metrics.count('bytechat_gaps_detected_total', {});
      if (page.recovered && !page.more) caughtUp.add(seat);
      else caughtUp.delete(seat);
      if (!page.recovered) metrics.count('bytechat_recoveries_total', { recovered: 'false' });
      else {
        if (!page.more) metrics.count('bytechat_recoveries_total', { recovered: 'true' });
        const messages = page.items.filter(({ kind }) => kind === 'message').length;
        metrics.count('bytechat_recovered_messages_total', {}, messages);
      }
      return page;
    },
  });
}
