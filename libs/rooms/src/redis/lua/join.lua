-- Tries the gate, counting failures, and queues the newcomer unless nobody is in the room.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  gate verifier   ARGV[4] connection   ARGV[5] address key   ARGV[6] yesterday's, or ''
-- ARGV[7]  mid             ARGV[8] kph          ARGV[9] sigPub        ARGV[10] key package
-- ARGV[11] the rid as presented
-- Returns  {'OK', ends, elsewhere, 'created' | 'pending'}
--          {'ERR_ROOM_NOT_FOUND'} · {'ERR_LOCKED', ms} · {'ERR_GATE'} · {'ERR_FULL'} · {'ERR_BUSY', ms}
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
-- include gates.lua
-- include waiting.lua
local verifier, connection = ARGV[3], ARGV[4]
local addresses = ARGV[6] == '' and { ARGV[5] } or { ARGV[5], ARGV[6] }

local room = load_room()
if not room or ARGV[11] ~= room.rid then
  return refuse('ERR_ROOM_NOT_FOUND')
end
local locked = locked_for(addresses)
if locked > 0 then
  return refuse('ERR_LOCKED', whole(locked))
end
if not is_same(redis.call('HGET', META, 'verifier'), verifier) then
  count_failure(addresses)
  set_expiries(room)
  return refuse('ERR_GATE')
end

if not room.has_group then
  local ends = now + settings.entitlementMs
  redis.call('ZREMRANGEBYSCORE', ENTITLED, '-inf', whole(now))
  redis.call('ZADD', ENTITLED, whole(ends), connection)
  room.ends = math.max(room.ends, ends)
  renew_room(room)
  return { 'OK', whole(room.ends), room.elsewhere, 'created' }
end

if count_living() >= room.max then
  return refuse('ERR_FULL')
end
local newcomer = { mid = ARGV[7], kph = ARGV[8], sig_pub = ARGV[9], connection = connection, kp = ARGV[10] }
local waiting = 0
for _, other in ipairs(waiting_newcomers()) do
  if other.mid == newcomer.mid or other.connection == connection or other.ends <= now then
    redis.call('HDEL', PENDING, other.mid)
  else
    waiting = waiting + 1
  end
end
if waiting >= settings.maxPending then
  return refuse('ERR_BUSY', settings.pendingRetryMs)
end
newcomer.ends = now + settings.pendingMs
redis.call('HSET', PENDING, newcomer.mid, pack_newcomer(newcomer))
set_expiries(room)
return { 'OK', whole(room.ends), room.elsewhere, 'pending' }
