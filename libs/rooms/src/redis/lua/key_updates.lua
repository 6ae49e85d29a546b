-- A page of key updates, in ascending slots.
-- KEYS     the room's keys, see include/room.lua
-- ARGV[3]  mid   ARGV[4] the first slot
-- Returns  {'OK', {slot, bytes, …}, more} · {'ERR_NOT_MEMBER'}
-- include clock.lua
-- include room.lua
-- include rates.lua
-- include members.lua
local from = tonumber(ARGV[4])

local room = load_room()
local member = room and room.has_group and find_member(ARGV[3])
if not member or not membership_lives(member) then
  return refuse('ERR_NOT_MEMBER')
end
local slots = {}
for _, slot in ipairs(redis.call('HKEYS', UPDATES)) do
  if tonumber(slot) >= from then
    table.insert(slots, tonumber(slot))
  end
end
table.sort(slots)
local page = {}
for i = 1, math.min(#slots, settings.keyUpdatesPerPage) do
  table.insert(page, slots[i])
  table.insert(page, redis.call('HGET', UPDATES, slots[i]))
end
return { 'OK', page, #slots > settings.keyUpdatesPerPage and 1 or 0 }
