-- Newcomers who wait.
-- KEYS     the room's keys, see include/room.lua
-- Returns  {'OK', {mid, record, …}}, see include/waiting.lua
-- include clock.lua
-- include room.lua
-- include waiting.lua
local room = load_room()
return { 'OK', room and room.has_group and view_waiting() or {} }
