-- Founds a group: compare-and-set on the generation, the first wins. In a room without memberships whoever proved the
-- gate may do it; a member may at any time (REINIT), and then everything of the old group goes.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  expected generation   ARGV[4] gid   ARGV[5] params   ARGV[6] connection
-- ARGV[7]  mid                   ARGV[8] kph   ARGV[9] sigPub
-- ARGV[10] the caller's own mid when it is a member, or ''
-- Returns  {'OK', ends, elsewhere, generation, fresh, turned away, first}; turned away: mid and record of each who
--          waited; first: 1 for the founding of the room that was made, 0 for one after another
--          {'ERR_ROOM_NOT_FOUND'} · {'ERR_NOT_MEMBER'} · {'ERR_GENERATION', generation} · {'ERR_RATE', ms}
-- Idempotent by gid, mid and connection.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
-- include waiting.lua
local expected, gid, connection, mid = tonumber(ARGV[3]), ARGV[4], ARGV[6], ARGV[7]

local room = load_room()
if not room then
  return refuse('ERR_ROOM_NOT_FOUND')
end
local is_first = redis.call('HGET', META, 'made') == ARGV[3] and 1 or 0
if room.has_group and room.founded == expected + 1 and redis.call('HGET', META, 'gid') == gid then
  local founder = find_member(mid)
  if founder and founder.connection == connection then
    return { 'OK', whole(room.ends), room.elsewhere, room.generation, 0, {}, is_first }
  end
end
local is_member = find_speaker(room, ARGV[10], connection) ~= nil
if not is_member and tonumber(redis.call('ZSCORE', ENTITLED, connection) or 0) <= now then
  return refuse('ERR_NOT_MEMBER')
end
if (room.has_group and not is_member) or room.generation ~= expected then
  return refuse('ERR_GENERATION', room.generation)
end
if is_member then
  local wait = tonumber(redis.call('HGET', META, 'reinitAt') or 0) - now
  if wait > 0 then
    return refuse('ERR_RATE', whole(wait))
  end
  redis.call('HSET', META, 'reinitAt', whole(now + settings.reinitMs))
end

local turned_away = room.has_group and view_waiting() or {}
drop_group(room)
room.has_group = true
room.generation, room.founded = expected + 1, expected + 1
redis.call('HDEL', META, 'lastLeft', 'unused')
room.elsewhere[4] = ''
redis.call(
  'HSET', META,
  'generation', whole(room.generation), 'founded', whole(room.generation), 'gid', gid, 'params', ARGV[5], 'epoch', '0', 'seq', '0'
)
add_member({ mid = mid, idx = 0, kph = ARGV[8], sig_pub = ARGV[9], connection = connection })
renew_room(room)
return { 'OK', whole(room.ends), room.elsewhere, room.generation, 1, turned_away, is_first }
