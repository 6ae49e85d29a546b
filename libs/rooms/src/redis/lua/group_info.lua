-- One part of a commit's group info.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  commit id   ARGV[4] part
-- Returns  {'OK', bytes} · {'ERR_STAGE_EXPIRED'}
-- include clock.lua
-- include room.lua
local room = load_room()
local epoch, at = string.match(
  room and room.has_group and redis.call('HGET', ANSWERS, ARGV[3]) or '', '%d+:(%d+):(%d+)'
)
if not at or tonumber(at) + settings.keepMs <= now then
  return refuse('ERR_STAGE_EXPIRED')
end
local bytes = redis.call('HGET', wraps_key(room, tonumber(epoch)), 'g' .. ARGV[4])
if not bytes then
  return refuse('ERR_STAGE_EXPIRED')
end
return { 'OK', bytes }
