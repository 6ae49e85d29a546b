-- The wraps of the commit that led to an epoch, for the given slots.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  epoch   ARGV[4…] idxs
-- Returns  {'OK', {wrap and tag or nil, …}}
-- include clock.lua
-- include room.lua
local room = load_room()
if not room or not room.has_group then
  return { 'OK', {} }
end
local key = wraps_key(room, tonumber(ARGV[3]))
if tonumber(redis.call('HGET', key, 'ends') or 0) <= now then
  return { 'OK', {} }
end
local wraps = {}
for i = 4, #ARGV do
  table.insert(wraps, redis.call('HGET', key, 'w' .. ARGV[i]))
end
return { 'OK', wraps }
