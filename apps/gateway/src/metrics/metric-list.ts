import { WIRE_ERRORS, type WireErrorCode } from '@bytechat/protocol';
import { COMMIT, VERSION } from '../version.ts';
import { counter, gauge, histogram, NO_LABELS, redisOnly } from './metric-spec.ts';
import { STORE_VERBS } from './store-verbs.ts';

const CODES = Object.keys(WIRE_ERRORS) as WireErrorCode[];

/** From half a millisecond on loopback to the time at which a command is given up. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const PACKETS = [0, 1, 4, 16, 64, 128, 256, 512];

/**
 * Every metric of the gateway: name, type, meaning, labels with all their values. The names are a contract. The code
 * that counts, the dashboard and the alert rules take them from here.
 */
export const METRICS = {
  bytechat_connections: gauge('Open connections of this pod.', NO_LABELS),
  bytechat_connections_total: counter('Connections that were asked for, by what became of them.', {
    result: ['accepted', 'draining', ...CODES],
  }),
  bytechat_disconnects_total: counter(
    'Connections that ended, by what ended them: the client, a lost network (no pong, an error), or a notice of ours.',
    {
      code: [
        'CLIENT',
        'PING_TIMEOUT',
        'ERROR',
        'SLOW',
        'DRAINING',
        'EXPIRED',
        'KICKED',
        'REPLACED',
        'SERVER',
      ],
    },
  ),
  bytechat_rooms: gauge(
    'Rooms with at least one member on this pod. A room on three pods counts on each.',
    NO_LABELS,
  ),
  bytechat_messages_published_total: counter(
    'Messages that were handed in, by what became of them: stored, repeated (stored before), or the refusal.',
    { result: ['stored', 'repeated', ...CODES] },
  ),
  bytechat_messages_delivered_total: counter('Messages written to the connections of this pod.', NO_LABELS),
  bytechat_publish_ack_seconds: histogram(
    'From the arrival of a message to its acknowledgement or refusal.',
    SECONDS,
    NO_LABELS,
  ),
  bytechat_delivery_seconds: histogram(
    'From the store’s time of a message to its writing here, by this pod’s clock: the first connection of each batch.',
    SECONDS,
    NO_LABELS,
  ),
  bytechat_gaps_detected_total: counter(
    'Times that a connection which had caught up found messages missing, and fetched them.',
    NO_LABELS,
  ),
  bytechat_recoveries_total: counter(
    'Catch-ups from the log that were completed, by whether everything that was missed was still there.',
    { recovered: ['true', 'false'] },
  ),
  bytechat_recovered_messages_total: counter(
    'Messages that connections caught up on from the log.',
    NO_LABELS,
  ),
  bytechat_duplicates_suppressed_total: counter(
    'Messages and commits that were sent again and answered as the first time, without being stored twice.',
    NO_LABELS,
  ),
  bytechat_rate_limited_total: counter('Requests refused by a limit, by the limit.', {
    limiter: [
      'handshake',
      'connections',
      'rooms',
      'join',
      'gate',
      'info',
      'messages',
      'files',
      'signals',
      'events',
      'other',
    ],
  }),
  bytechat_auth_failures_total: counter(
    'Entries refused because a proof was wrong or missing, by the proof.',
    {
      reason: ['origin', 'gate', 'locked', 'no_room', 'resume'],
    },
  ),
  bytechat_invalid_frames_total: counter('Input that was malformed, by the layer that refused it.', {
    layer: ['websocket', 'parser', 'handshake', 'event'],
  }),
  bytechat_slow_consumers_total: counter('Connections cut because they did not read.', NO_LABELS),
  bytechat_socket_queue_packets: histogram(
    'Packets that wait for a connection to read them, sampled.',
    PACKETS,
    NO_LABELS,
  ),
  bytechat_redis_command_seconds: redisOnly(
    histogram('Time a verb of the room store took over Redis, answered or not.', SECONDS, {
      script: [...STORE_VERBS, 'other'],
    }),
  ),
  bytechat_redis_up: redisOnly(gauge('1 while Redis answers the pings of this pod.', NO_LABELS)),
  bytechat_bus_dropped_total: redisOnly(
    counter(
      'Hints to other pods that were dropped because Redis was out of reach. Clients find the gap by themselves.',
      NO_LABELS,
    ),
  ),
  bytechat_wait_timeouts_total: redisOnly(
    counter('Writes that no replica confirmed in time. They are tried again under the same id.', NO_LABELS),
  ),
  bytechat_epoch_changes_total: counter('Commits that moved a room to its next key epoch.', NO_LABELS),
  bytechat_generation_changes_total: counter(
    'Groups founded in a room that had one before: everybody had left it, or a member began it anew after a loss.',
    NO_LABELS,
  ),
  bytechat_draining: gauge('1 while this pod moves its clients away.', NO_LABELS),
  bytechat_build_info: gauge('Always 1; the labels say what runs.', { version: [VERSION], commit: [COMMIT] }),
};

export type MetricName = keyof typeof METRICS;

/** Of the many that prom-client measures of a process, those that the dashboard and the alerts use. */
export const PROCESS_METRICS = {
  nodejs_eventloop_lag_p99_seconds: gauge('Delay of the event loop, 99th percentile.', NO_LABELS),
  process_cpu_seconds_total: counter('Processor time, user and system.', NO_LABELS),
  process_resident_memory_bytes: gauge('Memory of the process.', NO_LABELS),
  nodejs_heap_size_used_bytes: gauge('Memory in use on the heap.', NO_LABELS),
  process_open_fds: gauge('Open file descriptors.', NO_LABELS),
};
