-- Makes a room: a generation that never was, no group.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  gate verifier      ARGV[4]  options as JSON     ARGV[5]  suite
-- ARGV[6]  message life, s    ARGV[7]  members at most     ARGV[8]  address key
-- ARGV[9]  yesterday's address key, or ''                  ARGV[10] the caller's connection
-- ARGV[11] rid                ARGV[12] '1' when no room answers to this rid as an alias
-- Returns  {'OK', ends, elsewhere} · {'ERR_ROOM_EXISTS'}
-- Idempotent by connection and verifier, as long as no group was founded.
-- include clock.lua
-- include room.lua
local verifier, connection = ARGV[3], ARGV[10]

local room = load_room()
if redis.call('EXISTS', ALIAS) == 1 and ARGV[12] ~= '1' then
  return refuse('ERR_ROOM_EXISTS')
end
if room then
  local known = redis.call('HMGET', META, 'verifier', 'creator', 'made')
  if room.generation ~= tonumber(known[3]) or known[1] ~= verifier or known[2] ~= connection then
    return refuse('ERR_ROOM_EXISTS')
  end
  return { 'OK', whole(room.ends), room.elsewhere }
end

local generation = whole(next_generation(-1))
redis.call('DEL', META, GATES, ENTITLED, ALIAS)
redis.call('DEL', unpack(GROUP_KEYS))
redis.call(
  'HSET', META,
  'verifier', verifier, 'options', ARGV[4], 'suite', ARGV[5], 'ttl', ARGV[6], 'max', ARGV[7],
  'ac', ARGV[8], 'ap', ARGV[9], 'creator', connection, 'generation', generation, 'made', generation, 'rid', ARGV[11],
  'replid', master_replid()
)
local entitled_ends = now + settings.entitlementMs
redis.call('ZADD', ENTITLED, whole(entitled_ends), connection)
room = {
  ends = math.max(now + settings.emptyMs, entitled_ends),
  has_group = false,
  elsewhere = { ARGV[8], ARGV[9], ARGV[11] },
}
renew_room(room)
return { 'OK', whole(room.ends), room.elsewhere }
