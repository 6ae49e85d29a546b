-- Counts, checks, orders and keeps one envelope, in the order of PROTOCOL decision 15.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid        ARGV[4] connection   ARGV[5] suite           ARGV[6]  generation
-- ARGV[7]  cid        ARGV[8] envelope     ARGV[9] its SHA-256     ARGV[10] epoch
-- ARGV[11] '1' for an ephemeral item: numbered and hashed, its bytes are not kept
-- Returns  {'OK', generation, seq, at, fresh}
--          {'ERR_NOT_MEMBER'} · {'ERR_FORMAT'} · {'ERR_GENERATION', generation} · {'ERR_EPOCH_STALE', epoch} ·
--          {'ERR_DUPLICATE'} · {'ERR_RATE', ms}
-- Idempotent by (mid, cid): the first answer again. Refusals are not remembered.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
-- include trim.lua
-- include items.lua
-- include lost.lua
local mid, env, hash = ARGV[3], ARGV[8], ARGV[9]
local is_ephemeral = ARGV[11] == '1'
local id = mid .. ARGV[7]

local room = load_room()
local member = find_speaker(room, mid, ARGV[4])
if not member then
  return refuse('ERR_NOT_MEMBER')
end
if tonumber(ARGV[5]) ~= room.suite then
  return refuse('ERR_FORMAT')
end
if tonumber(ARGV[6]) ~= room.generation then
  return refuse('ERR_GENERATION', room.generation)
end
local seq, at = string.match(redis.call('HGET', IDS, id) or '', '(%d+):(%d+)')
if at and tonumber(at) + room.dedupe_ms > now then
  return { 'OK', room.generation, seq, at, 0 }
end
if tonumber(ARGV[10]) ~= room.epoch then
  return refuse('ERR_EPOCH_STALE', room.epoch)
end
local sent_at = redis.call('HGET', ENVELOPES, hash)
if sent_at and tonumber(sent_at) + room.dedupe_ms > now then
  return refuse('ERR_DUPLICATE')
end
local act = is_ephemeral and 'ephemeral' or 'message'
local wait, full_at = wait_for(mid, act)
if wait > 0 then
  return refuse('ERR_RATE', whole(wait))
end

-- Before anything is stored: a lost log must be noticed; an expired id that comes back must not fall to its old entry's trimming.
recoverable_from(room)
trim_room(room)
number_item(room, hash)
if not is_ephemeral then
  redis.call(
    'XADD', LOG, 'MAXLEN', '=', settings.maxMessages, whole(room.seq) .. '-0', 't', whole(now), 'e', env
  )
  note_newest('logged', room)
  redis.call('HSET', ACTS, mid, whole(now))
end
spend_rate(mid, act, full_at)
redis.call('HSET', IDS, id, whole(room.seq) .. ':' .. whole(now))
redis.call('HSET', ENVELOPES, hash, whole(now))
redis.call('XADD', SEEN, whole(room.seq) .. '-0', 't', whole(now), 'i', id, 'h', hash)
set_expiries(room)
return { 'OK', room.generation, whole(room.seq), whole(now), 1 }
