-- Newcomers who wait.
-- KEYS     the room's keys, see include/room.lua
-- Returns  {'OK', {mid, record, …}}, see include/waiting.lua
-- include clock.lua
-- include room.lua
-- include waiting.lua
local room = load_room()
local view = {}
for _, newcomer in ipairs(room and room.has_group and waiting_newcomers() or {}) do
  if newcomer.ends > now then
    table.insert(view, newcomer.mid)
    table.insert(view, pack_newcomer(newcomer))
  end
end
return { 'OK', view }
