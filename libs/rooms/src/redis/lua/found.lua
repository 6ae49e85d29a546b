-- Founds a group in a room without memberships: compare-and-set on the generation, the first wins.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  expected generation   ARGV[4] gid   ARGV[5] params   ARGV[6] connection
-- ARGV[7]  mid                   ARGV[8] kph   ARGV[9] sigPub
-- Returns  {'OK', ends, elsewhere, generation}
--          {'ERR_ROOM_NOT_FOUND'} · {'ERR_NOT_MEMBER'} · {'ERR_GENERATION', generation}
-- Idempotent by gid, mid and connection.
-- include clock.lua
-- include room.lua
-- include members.lua
local expected, gid, connection, mid = tonumber(ARGV[3]), ARGV[4], ARGV[6], ARGV[7]

local room = load_room()
if not room then
  return refuse('ERR_ROOM_NOT_FOUND')
end
if room.has_group and room.generation == expected + 1 and redis.call('HGET', META, 'gid') == gid then
  local founder = find_member(mid)
  if founder and founder.connection == connection then
    return { 'OK', whole(room.ends), room.elsewhere, room.generation }
  end
end
if tonumber(redis.call('ZSCORE', ENTITLED, connection) or 0) <= now then
  return refuse('ERR_NOT_MEMBER')
end
if room.has_group or room.generation ~= expected then
  return refuse('ERR_GENERATION', room.generation)
end

drop_group(room)
room.has_group = true
room.generation = expected + 1
redis.call('HDEL', META, 'lastLeft')
redis.call(
  'HSET', META,
  'generation', whole(room.generation), 'gid', gid, 'params', ARGV[5], 'epoch', '0', 'seq', '0'
)
add_member({ mid = mid, idx = 0, kph = ARGV[8], sig_pub = ARGV[9], connection = connection })
renew_room(room)
return { 'OK', whole(room.ends), room.elsewhere, room.generation }
