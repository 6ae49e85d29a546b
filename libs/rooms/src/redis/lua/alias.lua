-- Makes a rid lead to a room: for a moment before the room takes it, then for as long as the room lives.
-- KEYS     the keys of a room with this rid, see include/room.lua
-- ARGV[3]  first rid of the room it leads to   ARGV[4] when it ends, or '' for a moment
-- Returns  {'OK'} · {'ERR_ROOM_EXISTS'} when it leads to another room and was asked for a moment
-- Idempotent; it never ends sooner for being repeated.
-- include clock.lua
-- include room.lua
-- include alias.lua
local rid0 = ARGV[3]

local known, known_ends = find_alias()
if load_room() or (known and known ~= rid0) then
  return ARGV[4] == '' and refuse('ERR_ROOM_EXISTS') or { 'OK' }
end
local ends = math.max(tonumber(ARGV[4]) or now + settings.stageMs, known_ends or 0)
redis.call('SET', ALIAS, rid0 .. whole(ends))
expire_at(ALIAS, ends)
return { 'OK' }
