-- Keeps parts of a commit. A member has one commit in the making: another commit id drops what was staged before.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] connection   ARGV[5] commit id
-- ARGV[6…] pairs: `w<idx>`, wrap and tag · `a<kph>`, u16 idx, wrap and tag · `g<part>`, bytes of group info
-- Returns  {'OK'} · {'ERR_NOT_MEMBER'} · {'ERR_TOO_LARGE'}
-- Idempotent: a repeated part replaces itself.
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local mid, commit_id = ARGV[3], ARGV[5]

local room = load_room()
local member = find_speaker(room, mid, ARGV[4])
if not member then
  return refuse('ERR_NOT_MEMBER')
end
local key = STAGE .. member.idx
local known = redis.call('HMGET', key, 'commit', 'ends', 'size')
local is_known = known[1] == commit_id and tonumber(known[2]) > now
local size = is_known and tonumber(known[3]) or 0

local parts = {}
for i = 6, #ARGV, 2 do
  parts[ARGV[i]] = ARGV[i + 1]
end
local function weight(field, value)
  return string.sub(field, 1, 1) == 'a' and #value - 2 or #value
end
for field, value in pairs(parts) do
  local before = is_known and redis.call('HGET', key, field)
  size = size + weight(field, value) - (before and weight(field, before) or 0)
end
if size > settings.maxStageBytes then
  return refuse('ERR_TOO_LARGE')
end

if not is_known then
  redis.call('DEL', key)
end
local ends = now + settings.stageMs
redis.call('HSET', key, 'commit', commit_id, 'ends', whole(ends), 'size', whole(size))
for field, value in pairs(parts) do
  redis.call('HSET', key, field, value)
end
expire_at(key, ends)
return { 'OK' }
