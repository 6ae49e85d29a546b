-- Removes what has expired from a room where nobody sends: a TTL belongs to a key, not to an item in it.
-- KEYS     the room's keys, see include/room.lua
-- Returns  {'OK', how much was removed}
-- include clock.lua
-- include room.lua
-- include trim.lua
local room = load_room()
return { 'OK', room and room.has_group and trim_room(room) or 0 }
