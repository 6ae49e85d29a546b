-- Which room a rid leads to. A rid is the first one of a room, or an alias that leads to one elsewhere.
-- KEYS     the keys of a room with this rid, see include/room.lua
-- Returns  {'OK', first rid of the room it is an alias of, or ''}
-- include clock.lua
-- include room.lua
-- include alias.lua
return { 'OK', find_alias() or '' }
